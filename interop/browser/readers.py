"""Foreign readers of what Accolade bakes and prints.

`readers.py MANIFEST.json`: PyPI `openbadges-bakery` (2.0), Pillow, pypng and lxml (3.0), `pngcheck`; for certificates poppler's
`pdfinfo`, `pdftotext`, `pdfdetach` and `pdftoppm`, `qpdf --check`, pikepdf for the rules of PDF/A-3 that can be read from a
file's structure, zxing-cpp for the code on it. Prints `ok NAME` or `FAIL NAME: reason`.
"""

import io
import json
import sys
from pathlib import Path

import paper
import png
import zxingcpp
from lxml import etree
from openbadges_bakery import bake, unbake
from paper import run
from PIL import Image

V3 = "https://purl.imsglobal.org/ob/v3p0"
failed = 0


def judge(name, look):
    """`look` answers what is wrong."""
    global failed
    try:
        faults = [fault for fault in look() if fault]
    except Exception as error:  # noqa: BLE001 – a reader that falls over has not read
        faults = [f"{type(error).__name__}: {error}"]
    failed += bool(faults)
    print(f"FAIL {name}: {' | '.join(map(str, faults))[:1500]}" if faults else f"ok {name}", flush=True)


def unless(condition, fault):
    return None if condition else fault


def pngcheck(path):
    done = run("pngcheck", "-q", path)
    return unless(done.returncode == 0, f"pngcheck: {done.stdout}{done.stderr}")


def chunks(path):
    return [(kind.decode("latin-1"), bytes(body)) for kind, body in png.Reader(bytes=path.read_bytes()).chunks()]


def picture(path, size):
    with Image.open(path) as image:
        image.verify()
    with Image.open(path) as image:
        image.load()
        yield unless(image.format == "PNG", f"is {image.format}")
        yield unless(image.size == tuple(size), f"measures {image.size}")
    yield pngcheck(path)


def silent_picture(path, size):
    """A picture of an achievement says nothing about anybody."""
    yield from picture(path, size)
    telling = [kind for kind, _ in chunks(path) if kind in ("tEXt", "zTXt", "iTXt", "eXIf", "tIME", "iCCP")]
    yield unless(not telling, f"tells {telling}")


def same(found, expected):
    return unless(json.loads(found) == expected, f"holds something else: {found[:200]}")


def png_v3(path, credential):
    yield from picture(path, (600, 600))
    with Image.open(path) as image:
        image.load()
        yield same(image.text["openbadgecredential"], credential)
    baked = [(place, body) for place, (kind, body) in enumerate(chunks(path)) if body.startswith(b"openbadgecredential\0")]
    yield unless(len(baked) == 1 and chunks(path)[baked[0][0]][0] == "iTXt", f"{len(baked)} baked chunks")
    yield unless(baked[0][1][len(b"openbadgecredential\0"):][:2] == b"\0\0", "is compressed")
    first = next(place for place, (kind, _) in enumerate(chunks(path)) if kind == "IDAT")
    yield unless(baked[0][0] < first, "stands after the picture")


def svg_v3(path, credential):
    root = etree.parse(path).getroot()
    yield unless(root.tag == "{http://www.w3.org/2000/svg}svg", f"is {root.tag}")
    found = root.findall(f"{{{V3}}}credential")
    yield unless(len(found) == 1, f"{len(found)} credentials")
    yield same(found[0].text or "", credential)
    strange = [element.tag for element in root.iter() if isinstance(element.tag, str) and etree.QName(element).localname in ("script", "foreignObject")]
    yield unless(not strange, strange)


def v2(path, assertion):
    """Hosted: the bakery finds the Assertion, or the address that leads to it."""
    found = unbake(io.BytesIO(path.read_bytes()))
    yield unless(found == assertion["id"] or json.loads(found) == assertion, f"found {found!r:.300}")


def both(path, assertion, credential):
    """A 2.0 bakery adds its own to our 3.0 picture: both can still be read."""
    out = io.BytesIO()
    bake(io.BytesIO(path.read_bytes()), assertion["id"], out)
    yield unless(unbake(io.BytesIO(out.getvalue())) == assertion["id"], "2.0 is lost")
    if path.suffix == ".png":
        with Image.open(io.BytesIO(out.getvalue())) as image:
            image.load()
            yield same(image.text["openbadgecredential"], credential)
    else:
        found = etree.fromstring(out.getvalue()).findall(f"{{{V3}}}credential")
        yield same(found[0].text, credential)


def code(path, url):
    """What somebody's camera makes of the code, on a printed page or on a screen."""
    with Image.open(path) as image:
        read = [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]
    yield unless(url in read, f"reads {read}")


def main():
    manifest = json.loads(Path(sys.argv[1]).read_text())
    folder = Path(sys.argv[1]).parent
    for one in manifest["pictures"]:
        judge(f"{one['name']}: {one['size'][0]} × {one['size'][1]}, sound, says nothing about anybody", lambda one=one: silent_picture(folder / one["file"], one["size"]))
    for one in manifest["awards"]:
        name, at = one["name"], lambda kind, one=one: folder / one["files"][kind]
        if "png" in one["files"]:
            judge(f"{name}: Pillow, pypng and pngcheck read the 3.0 PNG", lambda: png_v3(at("png"), one["credential"]))
            judge(f"{name}: a 2.0 bakery adds to the 3.0 PNG", lambda: both(at("png"), one["assertion"], one["credential"]))
        if "svg" in one["files"]:
            judge(f"{name}: lxml reads the 3.0 SVG", lambda: svg_v3(at("svg"), one["credential"]))
            judge(f"{name}: a 2.0 bakery adds to the 3.0 SVG", lambda: both(at("svg"), one["assertion"], one["credential"]))
        if "assertionImage" in one["files"]:
            judge(f"{name}: openbadges-bakery reads the 2.0 image", lambda: v2(at("assertionImage"), one["assertion"]))
            judge(f"{name}: pngcheck reads the 2.0 image", lambda: [pngcheck(at("assertionImage"))])
        for sheet in one.get("papers", []):
            file = folder / sheet["file"]
            label = f"{name}, certificate {sheet['paper']}"
            judge(f"{label}: pdfinfo and qpdf", lambda: paper.sound(file, sheet))
            judge(f"{label}: pdftotext", lambda: paper.words(file, sheet))
            judge(f"{label}: the rules of PDF/A-3 that pikepdf can read", lambda: paper.archival(file, sheet))
            judge(f"{label}: pdfdetach takes the credential out", lambda: paper.attached(file, one["credential"]))
            judge(f"{label}: its code leads to the page", lambda: code(paper.pixels(file), sheet["url"]))
    sys.exit(1 if failed else 0)


main()
