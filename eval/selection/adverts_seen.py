"""What rules and a judge see of statements about product sheets, and both errors that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from samovar.marketing.checks.checker import OF_WORDING, Checker
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.checks.judge import Judge
from samovar.marketing.checks.support import NEW, new_words
from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.reading import Reader
from samovar.models.shelf import Shelf
from samovar.phrases import Language
from training.adverts.corpus import Statement

FLAGGED = 0.1
"""Share of right statements that may be flagged."""
GRID = tuple(round(float(at), 2) for at in np.linspace(0.02, 0.98, 49))


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what rules and judge see of a statement."""

    faulty: bool
    named: bool
    """Whether a rule names a problem."""
    support: float
    """Of the sentence that is supported least, among those that may say something new."""

    def flagged(self, threshold: float) -> bool:
        """Tell whether the statement is flagged."""
        return self.named or self.support < threshold


def asking(judge: Judge, threshold: float) -> Judge:
    """Return `judge` with another threshold, alone and together with the larger one."""
    joint = replace(judge.joint, threshold=threshold) if judge.joint else None
    return replace(judge, threshold=threshold, joint=joint)


def seen(
    statements: Sequence[Statement],
    sheets: Mapping[str, Brief],
    language: Language,
    judge: Judge,
    models: Shelf,
) -> list[Seen]:
    """Return what is seen of `statements`, all of one language."""
    doubting, silent = (asking(judge, threshold) for threshold in (1.0, 0.0))
    data, form = models.settings.data / "marketing", FORMS["post"]
    own = Checker(models.parser(language), language, data, silent)
    reader = Reader(models.parser(language), language)
    found = []
    for one in statements:
        sheet = own.sheet(sheets[one.sheet])
        named = {each.kind for each in own.check(one.text, sheet, form).problems} - OF_WORDING
        said = reader.sentences(one.text)
        read = doubting.read(sheet.brief, [each.text for each in said], language)
        supports = [
            each.support
            for sentence, each in zip(said, read, strict=True)
            if new_words(sentence, sheet) >= NEW
        ]
        found.append(Seen(one.fault is not None, bool(named), min(supports, default=1.0)))
    return found


def errors(listed: Sequence[Seen], threshold: float) -> tuple[float, float]:
    """Return the share of faulty statements that are found, and of right ones that are flagged."""
    told = np.array([one.flagged(threshold) for one in listed])
    faulty = np.array([one.faulty for one in listed])
    return float(told[faulty].mean()), float(told[~faulty].mean())


def best(listed: Sequence[Seen]) -> float:
    """Return the highest threshold of GRID that flags at most FLAGGED of the right statements; 0 if none."""
    fitting = [at for at in GRID if errors(listed, at)[1] <= FLAGGED]
    return max(fitting, default=0.0)
