"""Claims as pairs of facts and statement, in the form that the judge of a reply reads.

Serving reads a statement behind the two facts nearest to it, one of which the question may have found; so
do these pairs, with the facts that were beside the claim when it was annotated in the place of the
question's, and without them. The verdict belongs to those facts: beside others it carries over only as
far as it must.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from samovar.character.grounding.claims import BESIDE, premise
from samovar.character.grounding.facts import read_facts
from samovar.character.grounding.retrieval import FactBase, Near, fact_base
from samovar.character.persona import CHARACTERS, Character
from samovar.character.speech.narration import third_person
from samovar.models.base import Encoder
from samovar.records import Verdict
from samovar.settings import Settings
from training.claims.corpus import CharacterClaim, drawn
from training.corpora.pair import Label, NliPair

WHOLE: Mapping[Verdict, Label] = {
    "supported": "entailment",
    "contradicted": "contradiction",
    "unknown": "neutral",
}
"""Verdict → the label of the claim behind all facts that it was annotated by."""
PARTLY: Mapping[Verdict, Label] = {
    "supported": "not_contradiction",
    "contradicted": "not_entailment",
    "unknown": "neutral",
}
"""Verdict → what is certain behind only some of these facts, or behind one that is much like them."""
ALIKE = 0.92
"""Cosine of two facts from which one may tell what the other does."""
WIDE = 8
"""Facts near a claim among which those are looked for that have nothing to do with it."""
OTHERS = 50
"""Per cent of the supported and contradicted claims that also stand behind such facts: else the claim alone
would tell its verdict."""
ORIGIN = "samovar"
Kind = Literal["given", "found", "one", "other"]
"""Which facts stand before the claim: those of serving when the question has found those that were beside it,
and when it has not; one fact that decides alone; and near ones that say nothing of what others decide."""


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Hold a pair, whose claim it is, and of which kind it is."""

    pair: NliPair
    character: str
    kind: Kind


def fact_bases(encoder: Encoder, settings: Settings) -> dict[str, FactBase]:
    """Return the fact base of each character, as serving makes it."""
    return {
        slug: fact_base(encoder, read_facts(settings.data / str(row.facts)), settings.cache)
        for slug, row in CHARACTERS.items()
    }


def narrated(claim: CharacterClaim, character: Character) -> str:
    """Return the claim as serving compares it with facts: in the third person."""
    return third_person(claim.claim, character.name.say(claim.language), claim.language)


def claim_pairs(
    claims: Sequence[CharacterClaim], bases: Mapping[str, FactBase], encoder: Encoder
) -> list[ClaimPair]:
    """Return the pairs of `claims`, those of one claim together."""
    found: list[ClaimPair] = []
    for slug, base in bases.items():
        own = [claim for claim in claims if claim.character == slug]
        told = [narrated(claim, CHARACTERS[slug]) for claim in own]
        wide = base.beside(encoder, told, WIDE)
        served = _served(own, told, wide, base, encoder)
        for claim, text, near, beside in zip(own, told, wide, served, strict=True):
            found += _Claim(claim, text, near, base).pairs(beside)
    return found


def _served(
    claims: Sequence[CharacterClaim],
    told: Sequence[str],
    wide: Sequence[tuple[Near, ...]],
    base: FactBase,
    encoder: Encoder,
) -> list[tuple[Near, ...]]:
    """Return the facts that serving puts beside each claim when the question has found the claim's own."""
    facts = {fact.id: fact for fact in base.facts}
    served = [near[:BESIDE] for near in wide]
    missed = [
        at
        for at, (claim, near) in enumerate(zip(claims, served, strict=True))
        if not {one.fact.id for one in near} & set(claim.fact_ids)
    ]
    given = [[facts[id] for id in claims[at].fact_ids if id in facts] for at in missed]
    beside = base.beside(encoder, [told[at] for at in missed], BESIDE, given)
    for at, near in zip(missed, beside, strict=True):
        served[at] = near
    return served


@dataclass(frozen=True, slots=True)
class _Claim:
    """Hold a claim, how a narrator tells it, and the facts near it."""

    claim: CharacterClaim
    told: str
    near: Sequence[Near]
    base: FactBase

    def pairs(self, given: Sequence[Near]) -> Iterator[ClaimPair]:
        """Yield the pairs; `given` is what serving puts beside the claim when it knows those facts."""
        found = self.near[:BESIDE]
        yield self._pair(given, self._label(given), "given")
        if {one.fact.id for one in found} != {one.fact.id for one in given}:
            yield self._pair(found, self._label(found), "found")
        if self.claim.verdict == "unknown":
            return  # the others teach what is neutral as well: there is enough of it
        own = [one for one in given if (one.fact.id,) == self.claim.fact_ids]
        if own:
            yield self._pair(own, WHOLE[self.claim.verdict], "one")
        others = [one for one in self.near if not self._tells(one)][:BESIDE]
        if others and drawn(self.claim.claim, OTHERS):
            yield self._pair(others, "neutral", "other")

    def _pair(self, near: Sequence[Near], label: Label, kind: Kind) -> ClaimPair:
        language = self.claim.language
        texts = premise(near, language), self.told
        return ClaimPair(NliPair(*texts, label, language, ORIGIN), self.claim.character, kind)

    def _label(self, near: Sequence[Near]) -> Label:
        """Return what these facts say of the claim; those that have nothing to do with it say nothing."""
        if set(self.claim.fact_ids) <= {one.fact.id for one in near}:
            return WHOLE[self.claim.verdict]
        return PARTLY[self.claim.verdict] if any(map(self._tells, near)) else "neutral"

    def _tells(self, near: Near) -> bool:
        """Tell whether the fact may decide about the claim: it is one of its own or much like one."""
        ids = self.claim.fact_ids
        if near.fact.id in ids:
            return True
        facts = [fact.id for fact in self.base.facts]
        own = [at for at, id in enumerate(facts) if id in ids]
        place = facts.index(near.fact.id)
        return bool((self.base.vectors[own] @ self.base.vectors[place] >= ALIKE).any())
