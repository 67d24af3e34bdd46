"""WCAG's contrast of two colours as a browser gives them, and what shows where one lies over another."""

from __future__ import annotations

import re

Colour = tuple[float, float, float, float]
"""Red, green and blue from 0 to 255, opacity from 0 to 1."""


def colour(css: str) -> Colour:
    """From `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.4)`."""
    red, green, blue, *opacity = (float(part) for part in re.findall(r"[\d.]+", css))
    return red, green, blue, opacity[0] if opacity else 1.0


def over(top: Colour, ground: Colour) -> Colour:
    """What shows of a ground under something that may let it through."""
    share = top[3]
    red, green, blue = (top[n] * share + ground[n] * (1 - share) for n in range(3))
    return red, green, blue, 1.0


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(of: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in of[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
