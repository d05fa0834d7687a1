"""What poppler, qpdf and pikepdf find in a certificate."""

import json
import re
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pikepdf

# Poppler 22.12 takes `/Suspects false` for something else than the boolean that ISO 32000-1, table 321 wants.
POPPLERS_OWN = "Syntax Error: Suspects object is wrong type (boolean)"
SIZES = {"a4": (841.89, 595.28), "letter": (792.0, 612.0)}


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60, check=False)


def sound(file, sheet):
    checked = run("qpdf", "--check", file)
    if checked.returncode != 0:
        yield f"qpdf: {checked.stdout}{checked.stderr}"
    done = run("pdfinfo", file)
    facts = dict(re.findall(r"^([^:]+):\s*(.*)$", done.stdout, re.M))
    if done.returncode != 0 or done.stderr.replace(POPPLERS_OWN, "").strip():
        yield f"pdfinfo: {done.stderr}"
    width, height = map(float, re.findall(r"[\d.]+", facts.get("Page size", "0 x 0"))[:2])
    if max(abs(width - SIZES[sheet["paper"]][0]), abs(height - SIZES[sheet["paper"]][1])) > 1:
        yield f"measures {facts.get('Page size')}"
    if sheet["title"] not in facts.get("Title", ""):
        yield f"title {facts.get('Title')}"
    if facts.get("Encrypted") != "no" or facts.get("JavaScript") != "no":
        yield f"encrypted {facts.get('Encrypted')}, JavaScript {facts.get('JavaScript')}"
    if facts.get("Tagged") != "yes":
        yield f"tagged {facts.get('Tagged')}"
    if not 1 <= int(facts.get("Pages", 0)) <= 3:
        yield f"{facts.get('Pages')} pages"


def words(file, sheet):
    done = run("pdftotext", "-layout", file, "-")
    found = plain(done.stdout)
    for text in sheet["shows"]:
        # Lines may break anywhere in Chinese, and poppler sets Arabic in the order in which it is seen: words are compared.
        missing = [word for word in plain(text).split() if word not in found and word[::-1] not in found and word not in found.replace(" ", "")]
        if missing:
            yield f"cannot find {missing}"
    for text in sheet["hides"]:
        if text in done.stdout:
            yield f"shows {text}"


def plain(text):
    marks = dict.fromkeys([0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069])
    return " ".join(unicodedata.normalize("NFKC", text).translate(marks).split())


def attached(file, credential):
    with tempfile.TemporaryDirectory() as folder:
        done = run("pdfdetach", "-saveall", "-o", folder, file)
        files = list(Path(folder).iterdir())
        if done.returncode != 0 or len(files) != 1:
            yield f"pdfdetach: {done.stderr} {files}"
        elif json.loads(files[0].read_text()) != credential:
            yield "another credential is attached"


def pixels(file):
    """The first page as one sees it, 150 dots per inch."""
    out = file.with_suffix("")
    done = run("pdftoppm", "-r", "150", "-png", "-singlefile", "-f", "1", file, out)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return out.with_suffix(".png")


def archival(file, sheet):
    """ISO 19005-3: what can be told from the structure. A whole check would take veraPDF, which no registry of ours offers."""
    with pikepdf.open(file) as pdf:
        root = pdf.Root
        yield from metadata(pdf, sheet)
        if "/Encrypt" in pdf.trailer or "/ID" not in pdf.trailer:
            yield "6.1.3: no /ID, or encrypted"
        for name in ("/OpenAction", "/AA", "/Requirements", "/NeedsRendering"):
            if name in root:
                yield f"6.4/6.5: {name}"
        if "/Names" in root and "/JavaScript" in root.Names:
            yield "6.5.1: JavaScript"
        if str(root.get("/Lang", "")) != sheet["lang"]:
            yield f"6.7.4: language {root.get('/Lang')}"
        if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
            yield "6.7.2: is not tagged"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            yield "PDF/UA 7.1: the title is not displayed"
        yield from intents(root)
        yield from attachments(root)
        for thing in pdf.objects:
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                yield from fault_of(thing)


def metadata(pdf, sheet):
    xmp = pdf.open_metadata()
    if xmp.get("pdfaid:part") != "3" or xmp.get("pdfaid:conformance") not in ("A", "B", "U"):
        yield f"6.6.4: says PDF/A-{xmp.get('pdfaid:part')}{xmp.get('pdfaid:conformance')}"
    if "/Metadata" in pdf.Root and "/Filter" in pdf.Root.Metadata:
        yield "6.6.2.1: the metadata is compressed"
    title = str(pdf.docinfo.get("/Title", xmp.get("dc:title") or ""))
    if title and xmp.get("dc:title") not in (None, title):
        yield f"6.6.3: titles differ: {title}, {xmp.get('dc:title')}"
    if sheet["title"] not in (xmp.get("dc:title") or ""):
        yield f"XMP title {xmp.get('dc:title')}"
    told = str(xmp)
    if "@" in told.replace("@rdf", "").replace("@xml", "") and "learner" in told:
        yield "the metadata tells an e-mail address"


def intents(root):
    found = [intent for intent in root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFA1"]
    if len(found) != 1 or "/DestOutputProfile" not in found[0]:
        yield "6.2.3: no output intent with its profile"


def attachments(root):
    files = list(root.get("/AF", []))
    if len(files) != 1:
        yield f"6.8: {len(files)} associated files"
    for one in files:
        if "/AFRelationship" not in one or "/UF" not in one or "/F" not in one:
            yield "6.8: the attachment does not say how it belongs"
        stream = one.EF.get("/F") or one.EF.get("/UF")
        if "/Subtype" not in stream:
            yield "6.8: the attachment has no media type"
        if "/ModDate" not in stream.get("/Params", {}):
            yield "6.8: the attachment has no date"


def fault_of(thing):
    kind = thing.get("/Type")
    if kind == "/Font" and thing.get("/Subtype") not in ("/Type0", "/Type3"):
        descriptor = thing.get("/FontDescriptor", {})
        if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"6.2.11.4: font {thing.get('/BaseFont')} is not embedded"
    if kind == "/Font" and thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
        yield f"6.2.11.7: font {thing.get('/BaseFont')} does not tell its characters"
    if kind == "/Annot" or thing.get("/Subtype") == "/Link":
        flags = int(thing.get("/F", 0))
        if not flags & 4 or flags & 0b101010:
            yield "6.3.2: an annotation that is not printed"
    if thing.get("/S") in ("/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/Movie", "/Sound"):
        yield f"6.5.1: action {thing.get('/S')}"
    if isinstance(thing, pikepdf.Stream):
        if thing.get("/Subtype") == "/Image" and thing.get("/Interpolate", False):
            yield "6.2.8: an interpolated image"
        filters = thing.get("/Filter", [])
        if "/LZWDecode" in ([filters] if isinstance(filters, pikepdf.Name) else list(filters)):
            yield "6.1.7: LZW"
        if "/F" in thing and not isinstance(thing.get("/F"), int):
            yield "6.1.7: a stream in another file"
