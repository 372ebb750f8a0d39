"""Groups of a question with the text that answers it and wrong ones."""

from __future__ import annotations

from letters import Letters
from told_topics import topics_in_two_languages

from samovar.search.passages.words import script
from training.corpora.topic import Topic
from training.lessons.retrieval.groups import NEAREST, grouped


def test_a_group_is_a_question_its_text_and_wrong_ones_of_the_same_set():
    told = topics_in_two_languages()
    found = grouped(told, Letters(), 100, 5, 0)
    assert len(found) == 16 * 2 + 16
    by_text = {topic.text: topic for topic in told}
    for group in found:
        right, *wrong = (by_text[text] for text in group.texts)
        assert group.question in right.questions and right.origin == group.origin
        assert len(wrong) == len({one.text for one in wrong}) == 5
        assert all(one.origin == right.origin and one.key != right.key for one in wrong)
    crossed = [one for one in found if script(one.question) != script(one.texts[0])]
    assert len(crossed) == 16, "every question is asked of both translations"
    for group in crossed:
        assert any(script(text) == script(group.texts[0]) for text in group.texts[1:])


def test_groups_are_drawn_by_the_seed_and_as_many_as_wanted():
    told = topics_in_two_languages()
    found = grouped(told, Letters(), 7, 3, 4)
    assert [one.origin for one in found] == ["xquad"] * 7 + ["nqg_squad"] * 7
    assert all(len(one.texts) == 4 for one in found)
    assert found == grouped(told, Letters(), 7, 3, 4) != grouped(told, Letters(), 7, 3, 5)


def test_wrong_texts_are_near_ones():
    far = [Topic(f"far {n}", f"zzzz {n}", (f"What {n}?",), "rubq1") for n in range(40)]
    near = [Topic(f"n {n}", f"abc abc {'d' * n}", (f"abc {'d' * n}",), "rubq1") for n in range(14)]
    found = [
        one for one in grouped([*near, *far], Letters(), 99, 5, 0) if one.question[:3] == "abc"
    ]
    assert len(found) == 14 > NEAREST
    assert all(text.startswith("abc") for one in found for text in one.texts)
