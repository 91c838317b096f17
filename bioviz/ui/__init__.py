"""Qt pieces that know nothing of the application: theme, icons, forms, plots and messages."""
