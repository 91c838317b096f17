"""The numerical core: networks, rules, tasks, runs and their snapshots; no Qt anywhere below."""
