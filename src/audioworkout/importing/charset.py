"""The text of some bytes, by what they say of their encoding, else UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEAD = 4_096
"""Bytes at the start of a page in which it may name its encoding."""
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"})
"""Names under which pages are in Windows-1252 (WHATWG Encoding Standard)."""


def decode_bytes(data: bytes, header: str = "") -> str:
    """The text of some bytes.

    What is tried, in order: a byte order mark, `header` (the charset that the server named, or
    empty), the page's own `<meta>`, UTF-8, Windows-1252, in which what is no character is replaced.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace")
    head = data[:_HEAD]
    named = [header] if header else []
    named += [one[1].decode("ascii") for one in (_META.search(head), _XML.search(head)) if one]
    for name in named:
        try:
            codec = codecs.lookup("cp1252" if name.lower() in _LATIN else name).name
            return data.decode(codec)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def is_text(data: bytes) -> bool:
    """Whether bytes may be text: hardly any control characters stand in their beginning."""
    if data.startswith(tuple(bom for bom, _ in _BOMS)):
        return True
    head = data[:_HEAD]
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return odd * 50 <= len(head)
