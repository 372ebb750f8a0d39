"""Where only the opening or a verb's form differs, the entailment model is not asked."""

import pytest

from samovar.paraphrase.measurement import measurements
from samovar.paraphrase.rules import backward, forward
from samovar.records import Entailment

WEAK = Entailment(0.1, 0.8, 0.1)


@pytest.mark.parametrize(
    ("original", "text", "language", "asked"),
    [
        ("dim the lamp", "Could you dim the lamp?", "en", False),
        ("dim the lamp", "I'd like you to dim a lamp.", "en", False),
        ("at noon, dim the lamp", "Would you dim the lamp at noon?", "en", False),
        ("don't dim the lamp", "I'd like you not to dim the lamp.", "en", False),
        ("the lamp is broken", "Please note that the lamp is broken.", "en", False),
        ("turn the sound up", "Please turn the sound down.", "en", True),
        ("Отмените встречу с Павлом", "Не могли бы вы отменить встречу с Павлом?", "ru", False),
        ("Отмените встречу с Павлом", "Хочу, чтобы вы начали встречу с Павлом.", "ru", True),
    ],
)
def test_entailment_is_asked_where_the_message_differs(
    models, entailing, original, text, language, asked
):
    model = entailing()
    model.classify = lambda pairs: [WEAK] * len(pairs)
    own = type(models)(models.encoder, models.groups, models.tagger, model)
    [pair] = measurements([(original, text)], language, own)
    assert (forward(pair) is not None, backward(pair) is not None) == (asked, asked)
