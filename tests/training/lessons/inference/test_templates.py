"""Commands as templates: which values make room for others."""

from training.corpora.commands import Command
from training.lessons.inference.templates import open_slots, wording

OPEN_SLOTS = frozenset({("snips", "song"), ("snips", "city")})


def command(text, *slots):
    return Command(text, "add", slots, "snips")


def test_open_values_make_room_and_closed_ones_stay():
    one = command("add the song Oslo to my list", ("kind", "song"), ("song", "Oslo"))
    found = wording(one, OPEN_SLOTS)
    assert found.template == "add the song {song} to my list"
    assert found.values == (("song", "Oslo"),)
    assert found.filled({"song": "Bergen"}) == "add the song Bergen to my list"


def test_a_slot_that_comes_twice_makes_no_template():
    assert wording(command("from A to B", ("city", "A"), ("city", "B")), OPEN_SLOTS) is None
    assert wording(command("to Rome", ("city", "Paris")), OPEN_SLOTS) is None


def test_slots_are_open_by_their_number_of_values_unless_they_name_a_kind():
    listed = [command(f"go to {n}", ("city", str(n)), ("food_type", str(n))) for n in range(60)]
    listed += [command(f"rate {n}", ("rating", str(n % 6))) for n in range(60)]
    assert open_slots(listed) == {("snips", "city")}
