"""Whatever colour a city chooses, text in it can be read."""

from hypothesis import given
from hypothesis import strategies as st

from parvis.portal import colours

channels = st.integers(0, 255)


@given(channels, channels, channels)
def test_by_day_the_brand_reads_on_the_page_and_white_reads_on_it(red, green, blue):
    palette = colours.by_day((red, green, blue))
    brand = colours.read(palette.brand)
    assert colours.contrast(brand, colours.WHITE) >= 4.5
    assert colours.contrast(brand, colours.read("#f4f5f7")) >= 4.5
    assert colours.contrast(brand, colours.read(palette.soft)) >= 4.5
    assert colours.contrast(colours.read(palette.on_brand), colours.read(palette.strong)) >= 4.5


@given(channels, channels, channels)
def test_by_night_too(red, green, blue):
    palette = colours.by_night((red, green, blue))
    brand = colours.read(palette.brand)
    for ground in ("#14181d", "#0e1115", "#1b2027", palette.soft, palette.on_brand):
        assert colours.contrast(brand, colours.read(ground)) >= 4.5


def test_contrast_is_wcag_s():
    assert round(colours.contrast((0, 0, 0), (255, 255, 255)), 2) == 21.0
    assert round(colours.contrast(colours.read("#777777"), (255, 255, 255)), 2) == 4.48
