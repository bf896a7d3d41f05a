"""Pictures as phones send them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def turned_with_gps() -> bytes:
    """A wide JPEG whose header says that it was taken with the telephone upright, and where."""
    image = Image.new("RGB", (1600, 900), "#777777")
    ImageDraw.Draw(image).ellipse((600, 300, 1000, 600), fill="#222222")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (46.0, 48.0, 36.0), 3: "W", 4: (71.0, 13.0, 12.0)}
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def filled_hole() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "#555555").save(file, "JPEG")
    return file.getvalue()
