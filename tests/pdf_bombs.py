"""Hostile PDF files for the tests: what unpacks to much, refers to itself, declares or draws too much."""

import zlib

CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
ONE_PAGE = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
FONT = b"/Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + FONT + b">>"
TEXT = b"BT /F 9 Tf 72 700 Td (The meeting begins at nine.) Tj ET"
_NAMES = b"".join(b"/F%d 4 0 R " % n for n in range(40))
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <<" + _NAMES + b">>>>"
_PICTURE = b"/Subtype /Image /Width 900000 /Height 900000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
_THRICE = zlib.compress(zlib.compress(zlib.compress(b"\0" * 50_000_000, 9), 9), 9)
_DRAWN = b"600 0 0 800 0 0 cm /I Do"
_CMAP = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange %s endcmap"


def raw(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF"
    return out + head % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))


def stream(data: bytes, extra: bytes = b"/Filter /FlateDecode") -> bytes:
    """Return a stream of ``data``; ``extra`` stands in its dictionary."""
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), extra, data)


def page(contents: bytes, changes: tuple[bytes, bytes] = (b"", b""), *more: bytes) -> bytes:
    """Return a PDF of one page that draws ``contents``, its dictionary changed; ``more`` are objects from 5 on."""
    return raw([CATALOG, ONE_PAGE, PAGE.replace(*changes) if changes[0] else PAGE, contents, *more])


def _drawing(operators: bytes) -> bytes:
    return page(stream(zlib.compress(operators, 9)))


def _with(resources: bytes, *more: bytes, draws: bytes = TEXT) -> bytes:
    """Return a page with other resources, which ``more`` objects from 5 on are."""
    return page(stream(draws, b""), (FONT, b"/Resources <<" + resources + b">>"), *more)


def _font(more: bytes) -> bytes:
    return (
        b"/Font <</F <</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R]" + more
    )


_SAID = stream(TEXT, b"")
_CID = b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1)>>>>"

_CYCLES = {
    "pages that hold themselves": raw([CATALOG, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 9>>"]),
    "pages that hold each other": raw(
        [CATALOG, b"<</Type /Pages /Kids [3 0 R] /Count 9>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 9>>"]
    ),
    "a page that is its own parent": raw([CATALOG, ONE_PAGE, b"<</Type /Page /Parent 3 0 R /Contents 3 0 R>>"]),
    "bookmarks that follow themselves": raw(
        [CATALOG[:-2] + b"/Outlines 5 0 R>>", ONE_PAGE, PAGE, _SAID,
         b"<</First 6 0 R /Last 6 0 R>>", b"<</Title (x) /Next 6 0 R /First 6 0 R /Parent 5 0 R>>"],
    ),
    "a table of places before itself": raw([CATALOG, ONE_PAGE, PAGE, _SAID], b"/Root 1 0 R /Prev 500"),
    "a length that is the stream": page(b"<</Length 4 0 R>>stream\n" + TEXT + b"\nendstream"),
    "a filter that names itself": page(stream(TEXT, b"/Filter 5 0 R"), (b"", b""), b"5 0 R"),
    "objects packed in themselves": page(
        _SAID, (b"4 0 R", b"[4 0 R 9 0 R]"), stream(b"9 0 <<>>", b"/Type /ObjStm /N 1 /First 4 /Extends 5 0 R")
    ),
    "contents that are their own list": page(b"[4 0 R 4 0 R 4 0 R]"),
    "forms that draw each other": page(
        stream(b"/F1 Do /F2 Do " * 8, _FORM), (FONT, b"/Resources <</XObject <<" + _NAMES + b">>>>")
    ),
    "a letter drawn with its own font": _with(
        b"/Font <</F 5 0 R>>",
        b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 "
        b"/Widths [9] /Encoding <</Differences [65 /a]>> /CharProcs <</a 6 0 R>> /Resources <</Font <</F 5 0 R>>>>>>",
        stream(b"9 0 d0 BT /F 9 Tf (AAAAAAAA) Tj ET", b""), draws=b"BT /F 9 Tf 72 700 Td (AAAAAAAAAAAA) Tj ET",
    ),
    "a pattern filled with itself": _with(
        b"/Pattern <</P 5 0 R>>",
        stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] "
               b"/XStep 1 /YStep 1 /Resources <</Pattern <</P 5 0 R>>>>"),
        draws=b"/Pattern cs /P scn 0 0 600 800 re f " + TEXT,
    ),
    "a mask that masks itself": _with(
        b"/ExtGState <</G 5 0 R>>", b"<</SMask <</S /Alpha /G 6 0 R>>>>",
        stream(b"/G gs 0 0 9 9 re f", b"/Subtype /Form /BBox [0 0 9 9] /Group <</S /Transparency>> "
               b"/Resources <</ExtGState <</G 5 0 R>>>>"),
        draws=b"/G gs 0 0 600 800 re f " + TEXT,
    ),
    "a function of itself": _with(
        b"/Shading <</S <</ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 1] /Function 5 0 R>>>>",
        b"<</FunctionType 3 /Domain [0 1] /Functions [5 0 R 5 0 R] /Bounds [.5] /Encode [0 1 0 1]>>",
        draws=b"/S sh " + TEXT,
    ),
    "a map of letters that uses itself": _with(
        _font(b" /ToUnicode 5 0 R>>>>"), stream(b"/X usecmap " + _CMAP % b"", b"/UseCMap 5 0 R"), _CID,
    ),
}  # fmt: skip
_BOMBS = {
    "no file": b"",
    "only its head": b"%PDF-1.7",
    "more pages than there are": raw([CATALOG, ONE_PAGE.replace(b"1>>", b"99999999>>"), PAGE, stream(b"", b"")]),
    "one page twenty thousand times": raw(
        [CATALOG, b"<</Type /Pages /Count 20000 /Kids [" + b"3 0 R " * 20_000 + b"]>>", PAGE, _SAID]
    ),
    "two thousand million objects": raw([CATALOG, ONE_PAGE, PAGE, _SAID], b"/Root 1 0 R /Size 2000000000"),
    "a stream that unpacks to 80 MB": _drawing(b"q Q " * 20_000_000),
    "streams packed in streams": page(stream(_THRICE, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")),
    "runs that unpack to 20 MB": page(stream(b"\x81 " * 160_000 + b"\x80", b"/Filter /RunLengthDecode")),
    "a hundred thousand letters": page(stream(b"BT /F 9 Tf " + b"(abcdefgh) Tj " * 12_500 + b"ET", b"")),
    "states deep in each other": _drawing(b"q " * 500_000 + TEXT),
    "brackets deep in each other": page(stream(b"BT /F 9 Tf " + b"(" * 200_000 + b")" * 200_000 + b" Tj ET", b"")),
    "objects deep in each other": raw([CATALOG, ONE_PAGE, b"[" * 50_000 + b"]" * 50_000]),
    "dictionaries deep in each other": raw([CATALOG, ONE_PAGE, b"<</A " * 50_000 + b"1" + b">>" * 50_000]),
    "a page of a mile": page(stream(b"0 0 99 99 re f", b""), (b"595 842", b"9999999 9999999")),
    "a page of nothing": page(stream(b"", b""), (b"595 842", b"0 0")),
    "a page without end": page(_SAID, (b"0 0 595 842", b"-1e38 -1e38 1e38 1e38")),
    "units of a light year": page(_SAID, (b"/Contents", b"/UserUnit 1e30 /Rotate 89 /Contents")),
    "letters as large as the world": page(stream(TEXT.replace(b"9 Tf", b"1e30 Tf"), b"")),
    "letters without a width": page(stream(b"BT /F 9 Tf 0 0 0 0 0 0 Tm (a) Tj 1e38 0 0 1e38 0 0 Tm (b) Tj ET", b"")),
    "a grid of a thousand lines": _drawing(
        b"".join(b"0 %d m 590 %d l S %d 0 m %d 840 l S " % (n, n, n, n) for n in range(590)) + TEXT
    ),
    "sixty thousand strokes": _drawing(TEXT + b"".join(b" %d 8 m %d 9 l S" % (n, n % 840) for n in range(61_000))),
    "ten thousand pictures": _drawing(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q " * 10_000 + TEXT),
    "a picture of terabytes": page(
        stream(_DRAWN, b""), (FONT, b"/Resources <</XObject <</I 5 0 R>>>>"), stream(b"\0" * 99, _PICTURE)
    ),
    "a photograph of terabytes": page(
        stream(_DRAWN, b""), (FONT, b"/Resources <</XObject <</I 5 0 R>>>>"),
        stream(b"\0" * 99, _PICTURE + b" /Filter /JPXDecode"),
    ),
    "a map of all letters, many times": _with(
        _font(b" /ToUnicode 5 0 R>>>>"),
        stream(zlib.compress(_CMAP % (b"1 beginbfrange <0000> <ffff> <0041> endbfrange " * 2_000), 9)), _CID,
    ),
    "a name of a megabyte": page(_SAID, (b"/Contents", b"/" + b"N" * 1_000_000 + b" 1 /Contents")),
    "a lock of no kind": raw(
        [CATALOG, ONE_PAGE, PAGE, _SAID, b"<</Filter /Standard /V 99 /R 99 /Length 2000000000 /O (x) /U (x) /P -1>>"],
        b"/Root 1 0 R /Encrypt 5 0 R",
    ),
    "places that lie": raw([CATALOG, ONE_PAGE, PAGE, _SAID]).replace(b"00000 n", b"99999 n"),
    "what runs when it is opened": page(
        _SAID, (b"/Contents", b"/AA <</O <</S /JavaScript /JS (app.launchURL('http://127.0.0.1'))>>>> /Contents"),
    ),
}  # fmt: skip
HOSTILE = {**_CYCLES, **_BOMBS}
"""What is wrong, and the file."""
