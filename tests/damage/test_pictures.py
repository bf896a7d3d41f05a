"""What phones, jokers and attackers send as photos by the residents' form: a sentence each, and nothing is kept."""

from __future__ import annotations

import io
import re
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

MB = 1024 * 1024
WORDS = "Mes mots d’avant la photo : un trou grand comme ça"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(size=(80, 60), kind="JPEG", mode="RGB", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 90).save(file, kind, **options)
    return file.getvalue()


def png(width: int, height: int, lines: bytes) -> bytes:
    """A PNG that claims this size, whatever its lines hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def zeros(count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MB)) for _ in range(count // MB)) + packer.flush()


def webp_that_claims(width: int, height: int) -> bytes:
    """An extended WebP whose canvas is far larger than its one frame."""
    small = picture((16, 16), "WEBP")[12:]
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas + small
    return b"RIFF" + struct.pack("<I", len(body)) + body


def zip_bomb() -> bytes:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("trou.jpg", bytes(50 * MB))
    return file.getvalue()


HOSTILE = {
    "sixty megapixels": ("trou.jpg", picture((10_000, 6_000), quality=5)),
    "sixty megapixels, PNG": ("trou.png", picture((10_000, 6_000), "PNG", mode="L")),
    "truncated": ("trou.jpg", picture((600, 400))[:-900]),
    "cut in its header": ("trou.jpg", picture((600, 400))[:60]),
    "a PDF by another name": ("trou.jpg", b"%PDF-1.7\n1 0 obj <</JavaScript (app.alert(1))>> endobj"),
    "a drawing with a script": ("trou.svg", SCRIPT),
    "a page by another name": ("trou.jpg", b"<!doctype html><script>alert(1)</script>"),
    "a GIF": ("trou.gif", picture(kind="GIF", mode="P")),
    "a GIF by another name": ("trou.jpg", picture(kind="GIF", mode="P")),
    "a TIFF by another name": ("trou.jpg", picture(kind="TIFF")),
    "a PNG of a size nobody has": ("trou.png", png(40_000, 40_000, zeros(MB))),
    "a WebP with an immense canvas": ("trou.webp", webp_that_claims(16_383, 16_383)),
    "a zip in a zip": ("trou.jpg", zip_bomb()),
    "a JPEG that is a zip as well": ("trou.jpg", b"\xff\xd8\xff\xe0" + zip_bomb()),
    "empty": ("trou.jpg", b""),
    "sixteen megabytes": ("trou.jpg", picture() + bytes(16 * MB)),
    "a name that climbs": ("../../../../etc/passwd.jpg", b"rien"),
    "a name with markup": ('"><script>alert(1)</script>.jpg', b"rien"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_a_sentence_and_what_was_typed_stays(house, what):
    name, content = HOSTILE[what]
    resident = house.visitor()
    page = resident.walk_to("details")
    before = house.pictures()
    answer = resident.send(page, [("photos", name.replace('"', "%22"), content, "image/jpeg")], description=WORDS)
    assert answer.status == 422, answer.said
    assert WORDS in answer.said
    assert re.search(r"(photo|fichier)[^.]*\. Choisissez|Choisissez-en une", answer.said), answer.said
    assert "<script>alert" not in answer.text
    assert house.pictures() == before


def test_thirty_photos_at_once_keep_five_and_say_so_of_each_other_one(house):
    resident = house.visitor()
    page = resident.walk_to("details")
    before = house.pictures()
    files = [("photos", f"trou{n}.jpg", picture(), "image/jpeg") for n in range(30)]
    answer = resident.send(page, files, description=WORDS)
    assert answer.status == 422, answer.said
    assert WORDS in answer.said
    assert "trou29.jpg" in answer.said
    assert len(house.pictures() - before) == 5 * 2


def test_four_heavy_pictures_at_once_take_no_more_memory_than_one(house):
    """Just under the limit, with an alpha channel: what costs most to decode among the pictures that are accepted."""
    heavy = picture((8_000, 6_000), "PNG", mode="RGBA", compress_level=9)
    assert len(heavy) < 2 * MB

    def send_one(_n: int) -> int:
        resident = house.visitor()
        page = resident.walk_to("details")
        return resident.send(page, [("photos", "lourde.png", heavy, "image/png")], description=WORDS).status

    assert send_one(0) == 200
    alone = house.memory_mb()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send_one, range(4))) == [200] * 4
    assert house.memory_mb() - alone < 100
    assert alone < 900


def test_a_machine_whose_pictures_are_refused_leaves_none(house):
    before = house.pictures()
    form = {"service_code": "VOI-NID", "lat": "46.81", "long": "-71.22", "description": "Un trou"}
    good, bad = (("media", "a.jpg", picture(), "image/jpeg"), ("media", "b.jpg", b"%PDF", "image/jpeg"))
    machine = house.visitor()
    for fields, files in ((form, [good, bad]), (form, [good] * 6), (form | {"email": "x"}, [good])):
        answer = machine.post("/open311/v2/requests.json", fields, files)
        assert answer.status == 400, answer.text
    assert house.pictures() == before


def test_staff_add_five_photos_and_no_sixth(house):
    case = house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(number={house.visitor().report()!r}).case_id))""")
    agent, door = house.staff("supervisor"), f"/console/dossiers/{case}/etat/closed"
    fields = {"closed-version": "1", "closed-outcome": "done", "closed-sentence": "Le trou est bouché."}
    before = house.pictures()
    refused = agent.post(door, fields, [("closed-photos", "a.jpg", picture(), "image/jpeg")] * 7)
    assert refused.status == 400
    assert "Le trou est bouché." in refused.said
    assert len(house.pictures() - before) == 5 * 2
    hostile = agent.post(door, fields, [("closed-photos", "a.jpg", b"<script>alert(1)</script>", "image/jpeg")])
    assert (hostile.status, "Le trou est bouché." in hostile.said) == (400, True)
