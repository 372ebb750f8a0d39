"""Claims that train: read, divided by fact, without repetitions, and paired as the judge reads them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from samovar.character.grounding.claims import Judge
from samovar.character.persona import CHARACTERS
from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.records import Entailment
from samovar.settings import ROOT, Settings
from training.claims import corpus
from training.claims.duplicates import duplicated
from training.claims.pairs import claim_pairs, fact_bases


@pytest.fixture
def settings(data: Path, tmp_path: Path) -> Settings:
    """Settings whose data are a handful of claims."""
    return replace(shelf().settings, data=data, cache=tmp_path / "cache")


class Listener:
    """Keep what is asked; say nothing of it."""

    name = "entailment-e5"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def classify(self, pairs):
        self.asked += pairs
        return [Entailment(0.0, 1.0, 0.0)] * len(pairs)


def test_a_claim_is_paired_with_facts_as_the_judge_reads_it(settings: Settings):
    encoder, bases = shelf().encoder(), fact_bases(shelf().encoder(), settings)
    claims = corpus.claims(settings.data, "train")
    found = defaultdict(list)
    for one in claim_pairs(claims, bases, encoder):
        found[one.kind].append((one.pair.premise, one.pair.hypothesis))
    assert len(found["given"]) == len(claims)
    for given, kinds in ((True, ("given",)), (False, ("given", "found"))):
        heard = []
        for slug, base in bases.items():
            listener, facts = Listener(), {fact.id: fact for fact in base.facts}
            own = [claim for claim in claims if claim.character == slug]
            judge = Judge(base, encoder, listener, CHARACTERS[slug].name)
            for claim in own:
                known = [facts[id] for id in claim.fact_ids] if given else []
                judge.claims([claim.claim], claim.language, "", known)
            heard += listener.asked
        assert set(heard) <= {pair for kind in kinds for pair in found[kind]}
        assert len(set(heard)) >= len(claims) - 1


def test_the_verdict_carries_over_only_as_far_as_it_must(settings: Settings):
    encoder, bases = shelf().encoder(), fact_bases(shelf().encoder(), settings)
    pairs = claim_pairs(corpus.claims(settings.data, "train"), bases, encoder)
    by = {(one.pair.hypothesis, one.kind): one.pair for one in pairs}
    vicodin, plumber = "House has never taken a Vicodin in House's life.", "Wilson is a plumber."
    assert by[vicodin, "given"].label == by[vicodin, "one"].label == "contradiction"
    assert by[vicodin, "one"].premise == "House takes Vicodin for the pain in his leg."
    assert by["Vicodin is cheaper on Mondays.", "given"].label == "neutral"
    assert by["Wilson is the head of oncology.", "one"].label == "entailment"
    assert (plumber, "one") not in by, "two facts decide together"
    both = all(name in by[plumber, "given"].premise for name in ("Wilson", "Cuddy"))
    assert by[plumber, "given"].label == ("contradiction" if both else "not_entailment")
    others = [pair for (_, kind), pair in by.items() if kind == "other"]
    assert others and {pair.label for pair in others} == {"neutral"}
    assert not any("Vicodin" in pair.premise for pair in others if pair.hypothesis == vicodin)


def test_facts_are_held_out_with_all_their_claims():
    claims = corpus.claims(ROOT / "data", "train")
    training, held = corpus.parts(claims, 8)
    assert len(training) + len(held) == len(claims) and 0.04 < len(held) / len(claims) < 0.16
    assert {claim.language for claim in held} == {"en", "ru"}
    known = {fact for claim in training for fact in claim.fact_ids}
    out = {fact for claim in held for fact in claim.fact_ids if corpus.drawn(fact, 8)}
    assert out and known.isdisjoint(out)


def test_what_a_measuring_claim_says_is_found(settings: Settings):
    claims = corpus.claims(settings.data, "train")
    [test] = [one for one in corpus.claims(settings.data, "test") if one.character == "house"]
    again = replace(test, claim="Wilson is the head of oncology, the poor man.")
    foreign = replace(again, character="data")
    found = duplicated([*claims, again, foreign], [test], shelf().encoder())[:, 0]
    assert found[-2:].tolist() == [True, False], "a line of another character is his own"
    told = [claim.claim for claim, out in zip(claims, found[:-2], strict=True) if out]
    assert "Cuddy sells used cars." not in told and "Wilson is a plumber." not in told


def test_a_bad_line_is_named(settings: Settings):
    path = settings.data / "characters" / "house" / "claims-train-a.jsonl"
    path.write_text(
        '{"claim": "I limp.", "fact_ids": ["h1"], "verdict": "maybe", "language": "en"}'
    )
    with pytest.raises(InputError, match=r"Line 1 of .*claims-train-a\.jsonl: .*verdict"):
        corpus.claims(settings.data, "train")
    with pytest.raises(InputError, match=r"holds no claims-train"):
        corpus.files(settings.data / "characters", "train")
