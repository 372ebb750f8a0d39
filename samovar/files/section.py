"""One part of a document: what stands under a heading, or on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u00ad]")
"""What extraction leaves behind and nobody reads: controls, halves of characters, soft hyphens."""
SPACES = re.compile(r"[ \t\u00a0]+")
LINK = "¶ \n"
"""What documentation generators put behind a heading."""
EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a text and where it stands."""

    text: str
    headings: tuple[str, ...] = ()
    """From the document's own down to the section's."""
    page: int | None = None


@dataclass(slots=True)
class Outline:
    """Keep the headings that are open while a document is read from top to bottom."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def heading(self, level: int, title: str) -> None:
        """Open a heading; it closes those of its level and below."""
        self.open = [one for one in self.open if one[0] < level]
        said = " ".join(tidy(title).rstrip(LINK).split())
        if said:
            self.open.append((level, said))

    @property
    def path(self) -> tuple[str, ...]:
        """Return the open headings, the outermost first, one that repeats another left out."""
        return tuple(dict.fromkeys(title for _, title in self.open))


def tidy(text: str) -> str:
    """Return extracted text without what nobody reads, with single spaces and empty lines."""
    plain = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    stripped = "\n".join(SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return EMPTY_LINES.sub("\n\n", stripped).strip()
