"""Text that becomes part of HTML or SVG."""

from __future__ import annotations

import base64
import hashlib
import html
import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, even escaped (production 2, `Char`)."""


def escape_markup(text: str) -> str:
    r"""Safe within an element and within a quoted attribute, in HTML and in XML.

    >>> escape_markup('<b title="x">\0 & co')
    '&lt;b title=&quot;x&quot;&gt; &amp; co'
    """
    return html.escape(_FORBIDDEN.sub("", text))


def hash_source(text: str) -> str:
    """The source expression of an inline style or script for a content security policy.

    >>> hash_source("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
