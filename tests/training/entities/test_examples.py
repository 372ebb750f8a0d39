"""Sentences as the token classifier learns them: a class for each word, none for other pieces."""

from __future__ import annotations

from journeys import texts

from samovar import catalog
from samovar.models.taggers.token_tagger import TAGS, WordPieces
from training.entities.examples import FREE, IGNORED, batch, examples
from training.entities.sentences import tagged


def test_what_a_corpus_does_not_mark_may_be_misc(small_e5_folder):
    pieces = WordPieces(small_e5_folder / "tokenizer.json", catalog.model("multilingual-e5-small"))
    sentence = tagged(texts())[1]
    assert sentence.text == "On day 1 Bob went to Oslo by train."
    known = {3: TAGS.index("B-PER"), 6: TAGS.index("B-LOC")}
    for labels, outside in ((("PER", "LOC", "ORG", "MISC"), 0), (("PER", "LOC", "ORG"), FREE)):
        [example] = examples(sentence, pieces, labels)
        classes = [known.get(at, outside) for at in range(len(sentence.words))]
        assert list(example.classes) == classes
        rows = batch([example])
        spoken = rows["classes"][0][rows["classes"][0] != IGNORED].tolist()
        assert spoken == classes and len(rows["classes"][0]) > len(classes)
