"""Pictures: checked before they are decoded, turned upright, re-encoded in two sizes without any metadata.

The picture as received is never stored, only its hash. Limits are said in words by `limits()`.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.cases import events
from parvis.cases.errors import BadPhoto
from parvis.cases.models import Case, Photo, Report
from parvis.ledger.record import record
from parvis.shared import clock

if TYPE_CHECKING:
    from PIL import Image

SIZES = {"large": 1600, "small": 480}  # longest side, in pixels
MAX_PIXELS = 50_000_000
KEPT_ASIDE = timedelta(days=2)
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_one_at_a_time = threading.Lock()  # the largest picture takes 400 MB while it's decoded: a crowd of them must queue
_BLOCK = 64 * 1024 * 1024  # Pillow's memory in blocks that glibc gives back to the system at once, not to its own heaps
logger = logging.getLogger("parvis.cases")


def limits() -> str:
    """The limits, as people read them."""
    return _("Jusqu’à %(count)d photos JPEG, PNG, WebP ou HEIC, de %(size)d Mo et 50 mégapixels au plus chacune.") % {
        "count": settings.PHOTO_MAX_COUNT,
        "size": settings.PHOTO_MAX_BYTES // (1024 * 1024),
    }


def keep_aside(file: IO[bytes]) -> Photo:
    """Check and store one picture that belongs to no case yet. Raises BadPhoto; nothing is kept then."""
    data = file.read(settings.PHOTO_MAX_BYTES + 1)
    if not data:
        raise BadPhoto(_("Ce fichier est vide. Choisissez une autre photo."))
    if len(data) > settings.PHOTO_MAX_BYTES:
        too_heavy = _("Cette photo dépasse %d Mo. Choisissez-en une plus légère.")
        raise BadPhoto(too_heavy % (settings.PHOTO_MAX_BYTES // (1024 * 1024)))
    with _one_at_a_time:
        image = _decoded(data)
    photo = Photo(id=uuid.uuid4(), width=image.width, height=image.height, sha256=hashlib.sha256(data).hexdigest())
    photo.added_at = clock.now()
    try:
        _store(photo, image)
        photo.save(force_insert=True)
    except OSError as error:
        logger.error("A photo can't be written: %s", error.strerror)
        raise BadPhoto(_("La photo n’a pas pu être gardée. Réessayez plus tard, ou continuez sans elle.")) from error
    finally:
        if photo._state.adding:
            with suppress(OSError):
                _unlink(photo)
    return photo


def _decoded(data: bytes) -> Image.Image:
    """The picture upright, in RGB, no larger than the large size."""
    import io
    import warnings

    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    Image.core.set_block_size(_BLOCK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is tighter
            image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise BadPhoto(_("Cette photo compte plus de 50 mégapixels. Choisissez-en une plus petite."))
        image.draft("RGB", (SIZES["large"] * 2, SIZES["large"] * 2))
        image.load()
        image = ImageOps.exif_transpose(_smaller(image))
        return _flattened(image)
    except BadPhoto:
        raise
    except Exception as error:  # a decoder may raise anything on a hostile file
        unreadable = _("Ce fichier n’est pas une photo lisible (JPEG, PNG, WebP ou HEIC). Choisissez-en une autre.")
        raise BadPhoto(unreadable) from error


def _smaller(image: Image.Image) -> Image.Image:
    """No larger than the large size: first of all, so that what follows doesn't copy fifty megapixels."""
    if image.mode not in ("RGB", "RGBA", "L"):
        has_alpha = image.has_transparency_data
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((SIZES["large"], SIZES["large"]))
    return image


def _flattened(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def _store(photo: Photo, image: Image.Image) -> None:
    for size, side in SIZES.items():
        target = path(photo, size)
        target.parent.mkdir(parents=True, exist_ok=True)
        smaller = image.copy()
        smaller.thumbnail((side, side))
        smaller.info.clear()
        smaller.save(target, "JPEG", quality=82, optimize=True)


def path(photo: Photo, size: str) -> Path:
    """Where one size of a picture lies. `size`: a key of SIZES."""
    return Path(settings.UPLOADS) / str(photo.pk)[:2] / f"{photo.pk}-{size}.jpg"


def aside(photo_ids: Sequence[uuid.UUID | str]) -> list[Photo]:
    """Those of these pictures that still wait for a report."""
    return list(Photo.objects.filter(pk__in=list(photo_ids), case=None).order_by("added_at", "pk"))


def discard_aside(photo_id: uuid.UUID | str) -> None:
    """Forget a picture that the person took back before sending."""
    for photo in aside([photo_id]):
        _delete(photo)


def attach(
    photo_ids: Sequence[uuid.UUID | str],
    *,
    case: Case,
    report: Report | None = None,
    moment: str = Photo.Moment.BEFORE,
) -> int:
    """Give pictures kept aside to a case (and report), inside the caller's transaction. Returns how many."""
    kept = aside(photo_ids)[: settings.PHOTO_MAX_COUNT] if photo_ids else []
    given = 0
    for photo in kept:
        # Two reports may claim one picture in the same instant: the second finds it taken.
        if Photo.objects.filter(pk=photo.pk, case=None).update(case=case, report=report, moment=moment):
            record(events.CasePhotoAdded(str(photo.pk), moment), subject=case)
            given += 1
    return given


def publish(photo_id: uuid.UUID | str, case: Case) -> None:
    """A person has looked: no face, no plate. Strangers may see the picture from now on."""
    with transaction.atomic():
        if Photo.objects.filter(pk=photo_id, case=case, is_public=False).update(is_public=True):
            record(events.CasePhotoPublished(str(photo_id)), subject=case)


def prune_aside() -> int:
    """Delete pictures that no report claimed within two days. Returns how many."""
    old = list(Photo.objects.filter(case=None, added_at__lt=clock.now() - KEPT_ASIDE)[:1000])
    for photo in old:
        _delete(photo)
    return len(old)


def drop_unpublished(report: Report) -> int:
    """Delete the pictures of one report that nobody has made public. Returns how many."""
    private = list(report.photos.filter(is_public=False))
    for photo in private:
        _delete(photo)
    return len(private)


def _delete(photo: Photo) -> None:
    _unlink(photo)
    photo.delete()


def _unlink(photo: Photo) -> None:
    for size in SIZES:
        path(photo, size).unlink(missing_ok=True)
