"""Makes PDF and DOCX files of a text, so that the repository needs no binary files for tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

LINES_PER_PAGE = 46
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_pdf(text: str) -> bytes:
    """A PDF file with the lines of a text, wrapped at 90 characters, in Windows-1252."""
    lines = [part for line in text.split("\n") for part in _wrap(line, 90)]
    pages = [lines[n : n + LINES_PER_PAGE] for n in range(0, len(lines), LINES_PER_PAGE)] or [[]]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for page in pages:
        stream = (
            b"BT /F1 11 Tf 14 TL 50 790 Td\n"
            + b"".join(b"(" + _escape(line) + b") Tj T*\n" for line in page)
            + b"ET"
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assemble(objects)


def _assemble(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def _escape(line: str) -> bytes:
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _wrap(line: str, width: int) -> list[str]:
    found = [""]
    for word in line.split(" "):
        if found[-1] and len(found[-1]) + len(word) >= width:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}" if found[-1] else word
    return found


def make_docx(text: str) -> bytes:
    """A Word document with a paragraph a line; `# ` begins a heading, `- ` an item of a list."""
    body = "".join(_paragraph(line) for line in text.split("\n"))
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    )
    return zip_document(xml)


def zip_document(xml: str, charset: str = "utf-8") -> bytes:
    """A Word document whose only part is this text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml.encode(charset))
    return out.getvalue()


def _paragraph(line: str) -> str:
    style = ""
    if line.startswith("# "):
        style, line = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', line[2:]
    elif line.startswith("- "):
        style, line = "<w:pPr><w:numPr/></w:pPr>", line[2:]
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
