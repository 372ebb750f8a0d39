"""Speakers under one name, and only what is said."""

from __future__ import annotations

import harbour
import pytest

from training.corpora.transcripts import Line
from training.lessons.character.lines import cleaned, said, speaker
from training.lessons.character.repairs import repaired
from training.lessons.character.series import DATA, HOUSE


@pytest.mark.parametrize(
    ("name", "series", "expected"),
    [
        ("Dr. House", HOUSE, "House"),
        ("HOUSE", HOUSE, "House"),
        ("Greg", HOUSE, "House"),
        ("House [on the phone]", HOUSE, "House"),
        ("Captain Picard", DATA, "Picard"),
        ("Counselor Troi", DATA, "Troi"),
        ("Lt. Riker", DATA, "Thomas Riker"),
        ("DATA", DATA, "Data"),
        ("Data/Ihat", DATA, "Data/Ihat"),
        ("Доктор Смирнов", HOUSE, "Смирнов"),
        ("Doctor", HOUSE, "Doctor"),
        ("Cut to", HOUSE, None),
        ("[Fade out on House", HOUSE, None),
        ("]", HOUSE, None),
    ],
)
def test_each_speaker_has_one_name(name, series, expected):
    assert speaker(name, series) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[sits] Bring it (points) here, *smiles* now.", "Bring it here, now."),
        ("No [she [really] laughs] way .", "No way."),
        ("Wait [he leaves the room", "Wait"),
        ("the door] - Come in.", "Come in."),
        ("[shrugs]", ""),
        ("Two < three and 5 * 3", "Two < three and 5 * 3"),
    ],
)
def test_stage_directions_go(text, expected):
    assert said(text, DATA) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The watParkng Parkld has no pRoblem.", "The watching child has no problem."),
        ("He flew to Parkcago with a Patient.", "He flew to Chicago with a patient."),
        ("The huMan had Parkinson's, not a Parkn.", "The human had Parkinson's, not a chin."),
        ("An iPod in the Parking lot.", "An iPod in the Parking lot."),
    ],
)
def test_names_written_into_words_are_taken_out(text, expected):
    assert repaired(text, HOUSE.repairs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Par√°", "Pará"),
        ('She said "no"ÔøΩ', 'She said "no"'),
        ('Ready "ì one', "Ready — one"),
        ("It isÔøΩ it was.", "It is — it was."),
        ("Буд\ufffdмо".encode().decode("mac_roman"), ""),
        ("Ωmega and café", "Ωmega and café"),
    ],
)
def test_damaged_signs(text, expected):
    assert repaired(text) == expected


def test_what_names_no_speaker_parts_scenes():
    read = [
        Line("Fox", "Go."),
        Line("Cut to", "the galley"),
        Line("Cook", "(cries)"),
        Line("Cook", "Soup?"),
    ]
    clean = cleaned(read, harbour.SERIES)
    assert [(line.speaker, line.text, line.scene) for line in clean.lines] == [
        ("Fox", "Go.", 0),
        ("Cook", "Soup?", 1),
    ]
    assert clean.left_out == {"no speaker": 1, "stage direction": 1}
