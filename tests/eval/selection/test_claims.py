"""The rule of verdicts fitted on what is seen of claims, the file of the rules, and both kinds of errors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.selection.claims import FACTS, errors, groups, measured, read
from eval.selection.claims_rule import Read, fitted, source
from eval.selection.claims_table import claims as table
from samovar.character.grounding import rules
from samovar.character.grounding.retrieval import Near
from samovar.character.grounding.rules import RULES
from samovar.character.grounding.verdicts import VERDICTS, Seen, features
from samovar.models.shelf import shelf
from samovar.records import Entailment, Fact
from training.claims import corpus
from training.claims.corpus import CharacterClaim

FACT = Near(Fact("1", "House takes Vicodin for the pain in his leg.", "vicodin"), 0.9)
SAYS = {
    "contradicted": Entailment(0.1, 0.2, 0.7),
    "supported": Entailment(0.8, 0.1, 0.1),
    "unknown": Entailment(0.1, 0.8, 0.1),
}


def seen(count: int, noise: float) -> list[Read]:
    """Claims whose verdict the model tells, but for a share of them."""
    draw, found = np.random.default_rng(0), []
    for at in range(count):
        verdict = VERDICTS[at % len(VERDICTS)]
        told = VERDICTS[draw.integers(3)] if draw.random() < noise else verdict
        beside = Seen((FACT,), SAYS[told])
        claim = CharacterClaim("house", "I limp.", ("1",), verdict, "ru" if at % 4 else "en")
        found.append(Read(claim, beside, features("House limps.", beside, "en")))
    return found


@pytest.mark.parametrize(("noise", "least"), [(0.0, 1.0), (0.3, 0.7)])
def test_the_rule_believes_the_model_as_far_as_it_is_right(noise: float, least: float):
    claims = seen(120, noise)
    rule, crossed = fitted(claims)
    for given in (crossed, [one.verdict(rule) for one in claims]):
        right = [one.claim.verdict == told for one, told in zip(claims, given, strict=True)]
        assert np.mean(right) >= least
    assert np.mean([one.verdict(rule) == one.claim.verdict for one in claims]) < 1.0 or not noise


def test_the_file_of_the_rules_is_what_its_writer_writes():
    text = Path(rules.__file__).read_text(encoding="utf-8")
    assert source(text, {}) == text
    changed = replace(RULES["entailment-e5"], sure=0.123)
    again = source(text, {"newer": changed})
    found: dict[str, object] = {}
    exec(compile(again, "rules", "exec"), found)
    assert found["RULES"] == {"newer": changed, **RULES} and next(iter(found["RULES"])) == "newer"


def test_both_kinds_of_errors_are_counted():
    right = ["contradicted", "contradicted", "supported", "unknown", "unknown"]
    given = ["contradicted", "unknown", "contradicted", "unknown", "supported"]
    found = errors(right, given)
    assert (found["claims"], found["right"].value) == (5, 0.4)
    told = found["contradicted"]
    assert (told["claims"], told["missed"].value) == (2, 0.5)
    assert (told["others"], round(told["wrongly"].value, 3)) == (3, 0.333)
    assert found["supported"]["missed"].value == 1.0


def test_a_few_claims_are_measured_by_every_model_and_drawn():
    models = shelf()
    every = corpus.claims(models.settings.data, "development")  # the frozen ones are for the table
    places = groups(every)
    assert sorted(places["en"] + places["ru"]) == list(range(len(every)))
    few = [
        at for name in ("house en", "house ru", "data en", "data ru") for at in places[name][::4]
    ]
    listed = [every[at] for at in sorted(few)]
    found = measured(listed, models)
    assert list(found["judges"]) == [name for name in RULES if models.entailment(name)]
    assert found["best"] == next(iter(found["judges"]))
    lines = table(found)
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 2 + 6 * len(FACTS) * len(found["judges"])
    assert len({line.count("|") for line in rows}) == 1
    model = models.entailment()
    assert model is not None
    given, alone = (read(listed, model, models, facts) for facts in (True, False))
    ids = [{near.fact.id for near in one.seen.near} for one in given]
    assert all(own & set(one.claim.fact_ids) for own, one in zip(ids, given, strict=True))
    assert [one.claim for one in alone] == listed
