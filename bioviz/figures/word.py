"""Numbers and names as people read and write them."""

from __future__ import annotations

from math import floor, isfinite, log10

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 6) -> str:
    """Word a number for the screen: few digits, a true minus, thin spaces, 10⁻⁵ for 1e-05."""
    if value != value:
        return "no value"
    text = f"{value:.{digits}g}"
    mantissa, e, exponent = text.partition("e")
    if e:
        power = "10" + str(int(exponent)).translate(_SUPERSCRIPT)
        text = {"1": power, "-1": f"-{power}"}.get(mantissa, f"{mantissa}×{power}")
    elif "." not in text and len(text) > 4 and isfinite(value):
        text = f"{int(text):,}".replace(",", "\u2009")
    return text.replace("-", "−")


def tick(value: float) -> str:
    """Word a round number beside a logarithmic axis: 0.01, 500, 2×10⁶."""
    if 1e-3 < value < 1e5:
        return number(value, 3)
    exponent = floor(log10(value) + 1e-9)
    power = "10" + str(exponent).translate(_SUPERSCRIPT)
    mantissa = round(value / 10.0**exponent)
    return power if mantissa == 1 else f"{mantissa}×{power}"


def typed(value: float) -> str:
    """Word a number as it would be typed, with up to six significant digits: 3e-5, 0.05, 784."""
    if isinstance(value, int) and abs(value) < 10**9:
        return str(value)
    text = f"{value:.6g}"
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def humanise(name: str) -> str:
    """Turn a field's name into words: 'mirror_rate' into 'Mirror rate'."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def in_sentence(title: str) -> str:
    """Turn a title into words amid a sentence: 'Learning rate' into 'learning rate'."""
    shouted = len(title) > 1 and title[1].isupper()
    return title if shouted or len(title) == 1 else title[:1].lower() + title[1:]
