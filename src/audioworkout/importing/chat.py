"""Messages: of a chat those of whoever wrote most, of an e-mail what its writer wrote."""

from __future__ import annotations

import re
from collections import Counter

_DATE = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?"
_WHEN = rf"(?:{_DATE},? {_CLOCK}|{_CLOCK},? {_DATE})"
_MESSAGE = re.compile(
    rf"\[?{_WHEN}\]?(?: [-–])? (?P<sender>[^:]{{2,40}}): ?(?P<text>.*)", re.IGNORECASE
)
FEWEST_MESSAGES = 2
_MAIL_FIELD = re.compile(
    r"(?:from|to|cc|date|sent|subject|von|an|datum|gesendet|betreff|de|para|fecha|enviado|asunto|à|"
    r"envoyé|objet) ?:\s",
    re.IGNORECASE,
)
FEWEST_MAIL_FIELDS = 3
LONGEST_MAIL_HEAD = 8
"""Lines among which the fields of an e-mail stand."""


def translate_chat(text: str) -> str | None:
    """The lines of the person who wrote most, others empty; None where a text is no chat.

    A line stays in its place, so that its number is that of the source.
    """
    lines = text.splitlines()
    found = [_MESSAGE.match(line.strip("\u200e\u202f ")) for line in lines]
    if sum(one is not None for one in found) < FEWEST_MESSAGES:
        return None
    senders: list[str] = []
    kept: list[str] = []
    for line, message in zip(lines, found, strict=True):
        senders.append(message["sender"] if message else senders[-1] if senders else "")
        kept.append(message["text"] if message else line)
    counts = Counter(sender for sender, line in zip(senders, kept, strict=True) if line.strip())
    counts.pop("", None)
    most = counts.most_common(1)[0][0] if counts else ""
    return "\n".join(
        line if sender == most else "" for sender, line in zip(senders, kept, strict=True)
    )


def translate_mail(text: str) -> str | None:
    """The lines that the writer of an e-mail wrote, others empty; None where a text is none.

    Its fields (`From:`, `Subject:`), what it quotes (`> ...`), and what stands below its signature
    are left out.
    """
    lines = text.splitlines()
    head = [n for n, line in enumerate(lines[:LONGEST_MAIL_HEAD]) if _MAIL_FIELD.match(line)]
    if len(head) < FEWEST_MAIL_FIELDS:
        return None
    signed = next((n for n, line in enumerate(lines) if line in ("--", "-- ")), len(lines))
    return "\n".join(
        "" if n in head or n >= signed or line.startswith(">") else line
        for n, line in enumerate(lines)
    )
