"""HTML of a pasted sheet, taken off before the sheet is read."""

from __future__ import annotations

import html
import re

HIDDEN = re.compile(
    r"<(script|style|head|template)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
"""What no page shows."""
BREAKS = re.compile(
    r"<(?:br|hr)\b[^>]*>|</?(?:p|div|li|ul|ol|tr|table|h[1-6]|section)\b[^>]*>", re.IGNORECASE
)
CELLS = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
INLINE = re.compile(
    r"</?(?:html|body|main|article|header|footer|span|b|i|u|em|strong|small|sup|sub|a|img|font|tbody|thead"
    r"|td|th|label|button|input|meta|link|svg|path|mark|code|pre|blockquote|nav)\b[^>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return `text` without its HTML; "<5 kg" and other signs of comparison stay.

    >>> plain("<h1>Hush</h1><ul><li>Holds 2&nbsp;l</li><li>Weighs &lt;5 kg</li></ul>").split("\n")
    ['Hush', 'Holds 2\xa0l', 'Weighs <5 kg']
    """
    if not (
        HIDDEN.search(text) or BREAKS.search(text) or INLINE.search(text) or ENTITY.search(text)
    ):
        return text
    text = CELLS.sub(": ", HIDDEN.sub("\n", text))
    text = html.unescape(INLINE.sub("", BREAKS.sub("\n", text)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
