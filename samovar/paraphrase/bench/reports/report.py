"""All findings of a run with what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from samovar.paraphrase.bench.reports.comparison import Finding
from samovar.phrases import Language, Phrase

SUMMARY = Phrase(
    "{originals} originals, {variants} variants compared: {flips} flips ({share}), "
    "{misses} texts not as the suite says, {unanswered} unanswered.",
    "Исходных фраз {originals}, сравнено вариантов {variants}: смен смысла {flips} ({share}), "
    "не как в наборе {misses}, без ответа {unanswered}.",
)


@dataclass(frozen=True, slots=True)
class Report:
    """Hold a run, whole or ended early."""

    suite: str
    bot: str
    findings: Sequence[Finding]
    language: Language
    gold: bool = False
    """What is not as the suite says fails, too."""
    ended: Phrase | None = None
    """Why the run ended early."""
    milliseconds: float = 0.0

    @property
    def originals(self) -> int:
        """Return how many originals were asked."""
        return sum(finding.original for finding in self.findings)

    @property
    def compared(self) -> int:
        """Return how many variants were answered and compared."""
        found = (one for one in self.findings if not one.original)
        return sum(finding.reply is not None for finding in found)

    @property
    def flips(self) -> list[Finding]:
        """Return the variants that the bot understands otherwise than their originals."""
        return [finding for finding in self.findings if finding.flips]

    @property
    def misses(self) -> list[Finding]:
        """Return the texts, originals too, that the bot understands otherwise than the suite says."""
        return [finding for finding in self.findings if finding.misses]

    @property
    def unanswered(self) -> list[Finding]:
        """Return the texts without an answer."""
        return [finding for finding in self.findings if finding.verdict == "unanswered"]

    @property
    def barren(self) -> list[Finding]:
        """Return the originals that have no variant."""
        return [finding for finding in self.findings if finding.verdict == "no variants"]

    def fails(self, finding: Finding) -> bool:
        """Tell whether this text fails the test."""
        return finding.flips or (self.gold and finding.misses)

    @property
    def failed(self) -> bool:
        """Tell whether any text fails the test."""
        return any(map(self.fails, self.findings))

    def by_intent(self) -> dict[str, list[Finding]]:
        """Return the findings of each intent of the suite."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.findings:
            groups.setdefault(finding.example.intent, []).append(finding)
        return groups

    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """Return ((intent of the original, of the variant), how often), the most frequent first."""
        pairs = Counter(
            (one.expected.intent or "", one.reply.intent or "")
            for one in self.flips
            if one.verdict == "intent" and one.expected and one.reply
        )
        return pairs.most_common()

    def summary(self, language: Language) -> str:
        """Return the figures as one sentence."""
        share = len(self.flips) / self.compared if self.compared else 0.0
        return SUMMARY.say(
            language,
            originals=self.originals,
            variants=self.compared,
            flips=len(self.flips),
            share=f"{share:.0%}",
            misses=len(self.misses),
            unanswered=len(self.unanswered),
        )
