import io
import struct
import zlib

import pytest
from people import make_case, make_report
from PIL import Image

from parvis.cases import photos
from parvis.cases.errors import BadPhoto
from parvis.cases.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path


def picture(format="JPEG", size=(80, 40), mode="RGB", **how):  # noqa: A002
    file = io.BytesIO()
    Image.new(mode, size).save(file, format, **how)
    file.seek(0)
    return file


def rotated_with_gps():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x8825] = {1: "N", 2: (46.0, 48.0, 36.0), 3: "W", 4: (71.0, 13.0, 12.0)}
    return picture(exif=exif)


def test_a_rotated_picture_is_stored_upright_without_metadata_in_every_size():
    photo = photos.keep_aside(rotated_with_gps())
    assert (photo.width, photo.height) == (40, 80)
    for size in photos.SIZES:
        with Image.open(photos.path(photo, size)) as stored:
            assert stored.size == (40, 80)
            assert dict(stored.getexif()) == {}
        assert b"GPS" not in photos.path(photo, size).read_bytes()
        assert b"Exif" not in photos.path(photo, size).read_bytes()


@pytest.mark.parametrize("format", ["PNG", "WEBP", "HEIF"])
def test_the_formats_of_phones_and_computers_are_accepted(format):  # noqa: A002
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert photos.keep_aside(picture(format)).width == 80


def bomb():
    """A PNG whose header claims 20,000 by 20,000 pixels of nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10**6))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 renamed.jpg",
        b"GIF89a" + b"\0" * 100,
        picture(size=(600, 400)).getvalue()[:-900],
        picture(size=(600, 400)).getvalue()[:60],
        bomb(),
        b"\0" * (16 * 1024 * 1024),
    ],
    ids=["empty", "renamed", "gif", "truncated", "cut", "bomb", "too heavy"],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_leaves_nothing(data, settings):
    with pytest.raises(BadPhoto) as refusal:
        photos.keep_aside(io.BytesIO(data))
    assert refusal.value.sentence.endswith(".")
    assert Photo.objects.count() == 0
    assert list(settings.UPLOADS.rglob("*.jpg")) == []


def test_sixty_megapixels_are_refused_before_they_are_decoded():
    with pytest.raises(BadPhoto, match="50 mégapixels"):
        photos.keep_aside(picture("JPEG", (10_000, 6_000), quality=10))


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "I;16", "1", "CMYK"])
def test_every_kind_of_pixel_comes_out_in_colours_on_white(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    with Image.open(photos.path(photos.keep_aside(picture(kind, mode=mode)), "large")) as stored:
        assert stored.mode == "RGB"


def test_a_full_disk_says_so_and_leaves_nothing(settings, tmp_path):
    (tmp_path / "full").write_text("not a folder")
    settings.UPLOADS = tmp_path / "full"
    with pytest.raises(BadPhoto, match="n’a pas pu être gardée"):
        photos.keep_aside(picture())
    assert Photo.objects.count() == 0


def test_a_picture_follows_its_report_and_can_be_claimed_once():
    photo = photos.keep_aside(picture())
    report = make_report(photo_ids=(photo.pk,))
    assert list(report.photos.all()) == [photo]
    assert photos.attach([photo.pk], case=make_case()) == 0


def test_pictures_that_nobody_sent_are_pruned_after_two_days():
    from datetime import timedelta

    from parvis.shared import clock

    photo = photos.keep_aside(picture())
    assert photos.prune_aside() == 0
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert photos.prune_aside() == 1
    assert not photos.path(photo, "large").exists()
