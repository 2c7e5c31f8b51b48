"""What PDF/A-3a (ISO 19005-3) demands of a file and can be read off its objects, as found by qpdf (pikepdf).

No validator of PDF/A comes as a package that tests could install (veraPDF is in neither PyPI, npm nor Debian), so each
demand is looked up here by its clause. Not looked at: widths of letters against the font programs, tables inside of the
fonts, the types of XMP values beyond those named, whether the tags say what the eye sees.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

PAINTING = {*"bBfFnshlmcvyWS", "b*", "B*", "f*", "re", "W*"}
STATE = {"q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs"}
TEXT = {"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"'}
COLOUR = {"CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k"}
OTHER = {"sh", "BI", "ID", "EI", "Do", "BMC", "BDC", "EMC", "MP", "DP", "INLINE", "IMAGE", "d0", "d1"}
BLENDING = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
}  # fmt: skip
FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/JavaScript",
}  # fmt: skip
NOTHING = Dictionary()
RELATIONS = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}


def faults(data: bytes) -> list[str]:
    """The clauses of ISO 19005-3 that the file breaks, each with what is wrong; nothing for a good file."""
    with Pdf.open(BytesIO(data)) as pdf:
        return [f"{clause}: {what}" for clause, look in LOOKS.items() for what in look(pdf, data)]


def _file(pdf: Pdf, data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "the header"
    if "/Version" in pdf.Root and not re.fullmatch(r"/1\.[4-7]", str(pdf.Root.Version)):
        yield f"the catalogue calls it PDF {pdf.Root.Version}"
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no identifier"
    if not re.search(rb"%%EOF[\r\n]*$", data):
        yield "something after the end"


def _streams(pdf: Pdf, data: bytes) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, Stream):
            filters = str(one.get("/Filter", ""))
            if (
                "LZW" in filters
                or "/Crypt" in filters
                or {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys())
            ):
                yield f"a stream with {filters} or outside of the file"


def _intent(pdf: Pdf, data: bytes) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile
    header = bytes(profile.read_bytes())[:128]
    (size,) = struct.unpack(">I", header[:4])
    kinds = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}
    if (
        size != len(profile.read_bytes())
        or header[36:40] != b"acsp"
        or header[12:16] not in {b"prtr", b"mntr"}
        or kinds.get(header[16:20]) != profile.N
        or header[8] > 4
    ):
        yield "the profile of the output intent is none"


def _contents(pdf: Pdf, data: bytes) -> Iterator[str]:
    rgb = any(one.DestOutputProfile.N == 3 for one in pdf.Root.get("/OutputIntents", []))
    for stream in [*pdf.pages, *_forms(pdf)]:
        depth = deepest = 0
        for operands, name in _instructions(stream):
            if name not in PAINTING | STATE | TEXT | COLOUR | OTHER:
                yield f"the operator {name}"
            if name in {"K", "k"} or (name in {"RG", "rg"} and not rgb):
                yield f"a colour of the device by {name}"
            if name in {"cs", "CS"} and str(operands[0]) in {"/DeviceCMYK", "/Pattern"}:
                yield f"the colour space {operands[0]}"
            depth += {"q": 1, "Q": -1}.get(name, 0)
            deepest = max(deepest, depth)
        if deepest > 28:
            yield f"{deepest} states inside one another"


def _transparency(pdf: Pdf, data: bytes) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and (one.get("/Type") == Name.ExtGState or "/BM" in one):
            if str(one.get("/BM", Name.Normal)) not in BLENDING:
                yield f"blending by {one.BM}"
            if {"/TR", "/HTP"} & set(one.keys()) or str(one.get("/TR2", Name.Default)) != "/Default":
                yield "a transfer function"
        picture = isinstance(one, Stream) and one.get("/Subtype") == Name.Image
        if picture and (one.get("/Interpolate", False) or {"/Alternates", "/OPI"} & set(one.keys())):
            yield "a picture that is interpolated or has alternates"
        if isinstance(one, Stream) and one.get("/Subtype") == Name.PS:
            yield "PostScript"


def _fonts(pdf: Pdf, data: bytes) -> Iterator[str]:
    used = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.Font]
    if not used:
        yield "no fonts"
    for font in used:
        name = str(font.get("/BaseFont", "?"))
        if font.Subtype == Name.Type0:
            if "/ToUnicode" not in font:
                yield f"{name} has no way to Unicode"
            if str(font.Encoding) not in {"/Identity-H", "/Identity-V"}:
                yield f"{name}: the encoding {font.Encoding}"
            continue
        descriptor = font.get("/FontDescriptor")
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if descriptor and key in descriptor]
        if len(files) != 1:
            yield f"{name} is not embedded"
        if font.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in font:
            yield f"{name} has no map to its letters"
        if not re.match(r"/[A-Z]{6}\+", name):
            yield f"{name} is not named as a subset"


def _annotations(pdf: Pdf, data: bytes) -> Iterator[str]:
    for page in pdf.pages:
        for one in page.get("/Annots", []):
            flags = int(one.get("/F", 0))
            # Invisible, Hidden, NoView and ToggleNoView off, Print on
            if not flags & 4 or flags & (1 | 2 | 32 | 256):
                yield f"an annotation with the flags {flags}"
            if one.Subtype not in {Name.Widget, Name.Link}:
                yield f"an annotation of the kind {one.Subtype}"
            if one.Subtype == Name.Widget:
                if set(one.get("/AP", NOTHING).keys()) != {"/N"}:
                    yield "a field without its look, or with others"
                if {"/A", "/AA"} & set(one.keys()):
                    yield "a field that acts"


def _actions(pdf: Pdf, data: bytes) -> Iterator[str]:
    if {"/AA", "/OpenAction", "/OCProperties", "/Requirements", "/NeedsRendering"} & set(pdf.Root.keys()):
        yield "the catalogue acts, or has layers"
    if "/JavaScript" in pdf.Root.get("/Names", NOTHING):
        yield "scripts"
    form = pdf.Root.get("/AcroForm", NOTHING)
    if "/XFA" in form or form.get("/NeedAppearances", False):
        yield "a form whose look is made by the reader"
    for one in pdf.objects:
        if isinstance(one, Dictionary) and str(one.get("/S", "")) in FORBIDDEN_ACTIONS:
            yield f"the action {one.S}"


def _metadata(pdf: Pdf, data: bytes) -> Iterator[str]:
    raw = bytes(pdf.Root.Metadata.read_bytes())
    head = raw.split(b"?>")[0]
    if not raw.startswith(b"<?xpacket begin=") or b"bytes=" in head or b"encoding=" in head:
        yield "the packet of the metadata"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
        if found.pdfa_status != "3A":
            yield f"it calls itself PDF/A-{found.pdfa_status}"
        same = {"dc:title": "/Title", "xmp:CreatorTool": "/Creator", "pdf:Producer": "/Producer"}
        for ours, theirs in same.items():
            if str(found.get(ours, "")) != str(pdf.docinfo.get(theirs, "")):
                yield f"{ours} and {theirs} differ"


def _embedded(pdf: Pdf, data: bytes) -> Iterator[str]:
    tree = pdf.Root.get("/Names", NOTHING).get("/EmbeddedFiles")
    named = list(tree.Names)[1::2] if tree else []
    associated = {one.objgen for one in pdf.Root.get("/AF", [])}
    if not named:
        yield "no files inside"
    for one in named:
        stream = one.EF.get("/F")
        if str(one.get("/AFRelationship", "")) not in RELATIONS:
            yield f"{one.F}: how it belongs is not said"
        if (
            "/UF" not in one
            or stream is None
            or "/Subtype" not in stream
            or "/ModDate" not in stream.get("/Params", NOTHING)
        ):
            yield f"{one.F}: a name, kind or date is missing"
        if one.objgen not in associated:
            yield f"{one.F}: belongs to nothing"


def _signature(pdf: Pdf, data: bytes) -> Iterator[str]:
    perms = pdf.Root.get("/Perms", NOTHING)
    if set(perms.keys()) - {"/DocMDP", "/UR3"}:
        yield "permissions of other kinds"
    for one in pdf.Root.get("/AcroForm", NOTHING).get("/Fields", Array()):
        if one.get("/FT") == Name.Sig and "/V" in one:
            start, length, after, rest = (int(part) for part in one.V.ByteRange)
            hole = data[start + length : after]
            if start != 0 or after + rest != len(data) or not re.fullmatch(rb"<[0-9A-Fa-f]+>", hole):
                yield "a signature that does not cover the file"
            for reference in one.V.get("/Reference", []):
                if {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(reference.keys()):
                    yield "a signature with digests of its own"


def _tags(pdf: Pdf, data: bytes) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", NOTHING).get("/Marked", False) or "/StructTreeRoot" not in pdf.Root:
        yield "not tagged"
        return
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(pdf.Root.get("/Lang", ""))):
        yield "no language"
    elements = [
        one
        for one in pdf.objects
        if isinstance(one, Dictionary) and "/S" in one and "/P" in one and "/K" in one
    ]
    kinds = {str(one.S) for one in elements}
    if not {"/Document", "/H1", "/P", "/Figure"} <= kinds:
        yield f"tags {sorted(kinds)}"
    if any(Name.Figure == one.S and not str(one.get("/Alt", "")) for one in elements):
        yield "a figure without words"
    for page in pdf.pages:
        marked = 0
        for operands, name in _instructions(page):
            marked += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in {"Tj", "TJ", "f", "f*", "S", "B", "B*", "Do", "sh"} and marked == 0:
                yield f"{name} outside of all tags: {operands}"


def _instructions(stream: Any) -> list[tuple[list[Any], str]]:
    return [(list(one.operands), str(one.operator)) for one in pikepdf.parse_content_stream(stream)]


def _forms(pdf: Pdf) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, Stream) and one.get("/Subtype") == Name.Form]


LOOKS: dict[str, Callable[[Pdf, bytes], Iterator[str]]] = {
    "6.1.2, 6.1.3 file": _file,
    "6.1.7 streams": _streams,
    "6.2.2, 6.2.4 contents and colours": _contents,
    "6.2.3 output intent": _intent,
    "6.2.5 to 6.2.10 graphics states and pictures": _transparency,
    "6.2.11 fonts": _fonts,
    "6.1.12, 6.4.3 signatures": _signature,
    "6.3 annotations": _annotations,
    "6.4.1, 6.4.2, 6.5, 6.9, 6.10, 6.11 forms, actions, layers": _actions,
    "6.6 metadata": _metadata,
    "6.7 tags": _tags,
    "6.8 files inside": _embedded,
}
