"""Files as documents: which kind a source is, and the reader for it."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from audioworkout.errors import UsageError
from audioworkout.importing.charset import decode_bytes, is_text
from audioworkout.importing.chat import translate_chat, translate_mail
from audioworkout.importing.html_reader import read_html
from audioworkout.importing.liftosaur import is_liftosaur, read_liftosaur
from audioworkout.importing.lines import (
    MOST_LINES,
    Document,
    SourceLine,
    mark_steps,
    read_marks,
    split_front_matter,
    split_plain_text,
    split_raw_lines,
)
from audioworkout.importing.logs import is_shared_log
from audioworkout.importing.spreadsheets import read_spreadsheet

LARGEST_SOURCE = 10_000_000
"""Bytes of a source, and of what is packed in it."""
LONGEST_PAGE = 2_000_000
"""Characters of a text; a book has fewer."""
SHORTEST_MEASURE = 60
"""Characters of a full line of running text; a list has shorter ones."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|div|article|p|h[1-6]|table|ul|ol)\b", re.IGNORECASE
)


class SourceError(UsageError):
    """A source that cannot be read as a text (exit status 2)."""


class Source(NamedTuple):
    """What was found at a path, an address, or on standard input.

    `media`: the media type that the server told, without its parameters; `charset` the one it told.
    """

    name: str
    data: bytes
    media: str = ""
    charset: str = ""


def read_document(source: Source) -> Document:
    """The lines of a source of any kind that is read.

    Raises:
        SourceError: It is empty, too large, no text, encrypted, a scan, or broken.
    """
    data = source.data
    if len(data) > LARGEST_SOURCE:
        raise SourceError(
            f"`{source.name}` is larger than {LARGEST_SOURCE // 1_000_000} MB",
            "save the text of the workout alone, and import that",
        )
    if not data.strip():
        raise SourceError(f"`{source.name}` is empty")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return read_pdf(data, source.name)
    if data.startswith(b"PK\x03\x04"):
        return read_docx(data, source.name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"`{source.name}` is an old or an encrypted Office file",
            "save it as .docx without a password, or as text",
        )
    if data.startswith(b"{\\rtf"):
        raise SourceError(f"`{source.name}` is RTF", "save it as .docx or as text")
    if not is_text(data):
        raise SourceError(
            f"`{source.name}` is not text",
            "a text, Markdown, HTML, PDF, DOCX or CSV file can be imported",
        )
    text = decode_bytes(data, source.charset).replace("\0", "")
    if source.media in ("text/html", "application/xhtml+xml") or looks_like_html(text):
        return read_html(text)
    if (sheet := read_spreadsheet(text)) is not None:
        return sheet
    if len(text) > LONGEST_PAGE:
        raise SourceError(
            f"`{source.name}` is a text of {len(text) // 1_000_000} million characters",
            "cut out the workout, and import that",
        )
    if is_liftosaur(text):
        return read_liftosaur(text)
    if is_shared_log(text):
        return Document(split_raw_lines(text), kind="shared")
    if (messages := translate_chat(text)) is not None:
        return Document(split_plain_text(messages), kind="chat")
    fields, text = split_front_matter(translate_mail(text) or text)
    language = (fields.get("lang") or fields.get("language", ""))[:2].lower()
    return Document(split_plain_text(text), fields.get("title", ""), language)


def read_source_file(path: Path) -> Source:
    """The bytes of a file.

    Raises:
        SourceError: It is no file, larger than `LARGEST_SOURCE`, or cannot be read.
    """
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise SourceError(f"`{path}` is a folder", "name a file in it")
        if not stat.S_ISREG(kind.st_mode):
            raise SourceError(f"`{path}` is no ordinary file", "use `-` for standard input")
        with path.open("rb") as file:
            return Source(str(path), file.read(LARGEST_SOURCE + 1))
    except FileNotFoundError:
        raise SourceError(f"there is no file `{path}`") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not possible"
        raise SourceError(f"`{path}` cannot be read: {reason.lower()}") from None


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page or a part of one."""
    head = text[:20_000]
    return bool(re.match(r"\s*<(?:!doctype\s+html|html)", head, re.IGNORECASE)) or (
        head.lstrip().startswith("<") and bool(_HTML.search(head))
    )


def reads_as_article(text: str) -> bool:
    """Whether a text is a page or prose, and no routine file with a slip in it."""
    if looks_like_html(text):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    written = any(re.match(r"(?:exercises|warm_up|cool_down)\s*:|\s*- \S", line) for line in lines)
    prose = [line for line in lines if re.match(r"\s*[^\s#{\[-][^:]*\s[^:]*$", line)]
    return bool(prose) and not written


# --- DOCX ---


def read_docx(data: bytes, name: str) -> Document:
    """The lines of a Word document: headings, lists and rows of tables as such.

    Raises:
        SourceError: It is another kind of archive, encrypted, broken, or larger when unpacked than
            `LARGEST_SOURCE`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise SourceError(
                    f"`{name}` is an archive, and no Word document",
                    "unpack it, and import the file in it",
                )
            with archive.open("word/document.xml") as file:
                xml = file.read(LARGEST_SOURCE + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        encrypted = "encrypted" in str(error) or "password" in str(error)
        what = "is encrypted" if encrypted else "is a broken archive"
        raise SourceError(f"`{name}` {what}", "save it anew as .docx, without a password") from None
    if len(xml) > LARGEST_SOURCE:
        raise SourceError(f"`{name}` unpacks to more than {LARGEST_SOURCE // 1_000_000} MB")
    plain = xml.replace(b"\0", b"")  # as it stands in UTF-16 as well
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise SourceError(f"`{name}` defines entities, which no Word document does")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise SourceError(f"`{name}` is broken: {error}") from None
    body = root.find(f"{_W}body")
    lines: list[SourceLine] = []
    for number, line in enumerate(_docx_lines(body if body is not None else root), 1):
        if number > MOST_LINES:
            break
        lines.append(line._replace(number=number))
    titles = [one.text for one in lines if one.mark == "heading" and one.level <= 1]
    title = titles[0] if len(titles) == 1 else ""
    return Document(mark_steps(tuple(lines)), title, kind="docx")


def _docx_lines(body: ElementTree.Element) -> Iterator[SourceLine]:
    open_parts = [iter(body)]
    while open_parts:
        child = next(open_parts[-1], None)
        if child is None:
            open_parts.pop()
        elif child.tag == f"{_W}p":
            yield from _docx_paragraph(child)
            open_parts.append(iter(_docx_boxes(child)))
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = tuple(
                    " ".join("".join(_docx_text(cell)).split()) for cell in row.findall(f"{_W}tc")
                )
                if any(cells):
                    yield SourceLine(0, " | ".join(cells), "row", cells=cells)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}txbxContent"):
            open_parts.append(iter(child))


def _docx_boxes(paragraph: ElementTree.Element) -> list[ElementTree.Element]:
    """The text boxes that hang on a paragraph; each is told twice, for older programs as well."""
    boxes: dict[str, ElementTree.Element] = {}
    for box in paragraph.iter(f"{_W}txbxContent"):
        boxes.setdefault("".join(box.itertext()), box)
    return list(boxes.values())


def _docx_paragraph(paragraph: ElementTree.Element) -> Iterator[SourceLine]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or named.startswith("list")
    for part in "".join(_docx_text(paragraph)).split("\n"):
        line = read_marks(part, 0)
        if line is None:
            continue
        heading = re.match(
            r"(?:heading|berschrift|ttulo|titre|title|titel)\s*(\d?)", named.replace("ü", "")
        )
        if heading:
            level = int(heading[1]) if heading[1] else 1
            yield line._replace(mark="heading", level=level)
        elif listed and line.mark == "text":
            yield line._replace(mark="item")
        else:
            yield line


def _docx_text(element: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph or a cell, without boxes and what is hidden in it."""
    hidden = {
        id(piece)
        for tag in (f"{_W}txbxContent", f"{_W}r")
        for part in element.iter(tag)
        if tag != f"{_W}r" or part.find(f"{_W}rPr/{_W}vanish") is not None
        for piece in part.iter()
    }
    for piece in element.iter():
        if id(piece) in hidden:
            continue
        if piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.tag == f"{_W}tab":
            yield " "
        elif piece.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif piece.tag == f"{_W}p" and piece is not element:
            yield " "


# --- PDF ---


def read_pdf(data: bytes, name: str) -> Document:
    """The lines of a PDF file.

    Raises:
        SourceError: pypdfium2 is not installed, or the file is encrypted, broken, or a scan.
    """
    try:
        import pypdfium2  # an extra: not everybody has PDF files
    except ImportError:
        raise SourceError(
            "PDF files need pypdfium2, which is not installed", "pip install 'audioworkout[pdf]'"
        ) from None
    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            text = "\n".join(_pdf_pages(pdf))
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"`{name}` is encrypted", "save it without a password") from None
        raise SourceError(f"`{name}` is a broken PDF file") from None
    if len(re.findall(r"\w", text)) < 20:
        raise SourceError(
            f"`{name}` is a scan: it has pictures and no text",
            "let a program for text recognition read it first",
        )
    return Document(split_plain_text(_joined_lines(text)), kind="pdf")


def _pdf_pages(pdf: object) -> Iterator[str]:
    size = 0
    for page in pdf:  # type: ignore[attr-defined]
        textpage = page.get_textpage()
        text = (
            textpage.get_text_bounded()
            .replace("\r\n", "\n")
            .replace("\x02", "-")
            .replace("\ufffe", "-")
        )
        textpage.close()
        page.close()
        size += len(text)
        if size > LONGEST_PAGE:
            break
        yield text


def _breaks_sentence(line: str, measure: int) -> bool:
    """Whether a full line of running text ends within a sentence: a noun may go on in capitals."""
    return (
        measure > SHORTEST_MEASURE
        and len(line) > 0.85 * measure
        and bool(re.search(r"[.!?] [^.!?]*$", line))
    )


def _joined_lines(text: str) -> str:
    """The text with lines that are broken within a sentence joined.

    A line that fills its measure and does not end a sentence goes on in the next where that begins
    with a small letter.
    """
    lines = text.split("\n")
    measure = max((len(one) for one in lines), default=0)
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        goes_on = (
            len(before) > 0.6 * measure
            and before.rstrip()[-1:] not in (".", "!", "?", ":")
            and (line[:1].islower() or _breaks_sentence(before, measure))
        )
        if goes_on:
            found[-1] = f"{before.rstrip()} {line.strip()}"
        else:
            found.append(line)
    return "\n".join(found)
