"""A city's colour, made legible: darker or lighter until text in it reads on the page, by day and by night.

Contrast as WCAG 2.2 defines it (relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

from dataclasses import dataclass

WHITE, NIGHT, INK = (255, 255, 255), (20, 24, 29), (16, 20, 26)
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """The variants of one colour on one background, as CSS writes them."""

    brand: str
    strong: str
    soft: str
    on_brand: str


def read(text: str) -> Colour:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def write(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of `other` in `colour`, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def until_legible(colour: Colour, background: Colour, ratio: float) -> Colour:
    """The nearest shade of `colour` that has this contrast with `background`."""
    far = WHITE if luminance(background) < 0.18 else (0, 0, 0)
    for step in range(101):
        shade = mix(colour, far, step / 100)
        if contrast(shade, background) >= ratio:
            return shade
    return far


def by_day(colour: Colour) -> Palette:
    brand = until_legible(colour, WHITE, 5.5)  # reads on the page's grey as well
    return Palette(write(brand), write(mix(brand, (0, 0, 0), 0.25)), write(mix(brand, WHITE, 0.9)), "#ffffff")


def by_night(colour: Colour) -> Palette:
    brand = until_legible(colour, NIGHT, 8)
    soft = mix(brand, NIGHT, 0.88)
    return Palette(write(brand), write(mix(brand, WHITE, 0.35)), write(soft), write(INK))
