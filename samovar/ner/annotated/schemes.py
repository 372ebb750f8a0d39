"""How the labels of public corpora become those of the page: the table that the report prints."""

from __future__ import annotations

from collections.abc import Mapping

from samovar.ner.tagging.labels import NAMES, SPACY, Conversion

PLAIN: Conversion = {name: name for name in NAMES}

SCHEMES: Mapping[str, Conversion] = {
    "conll": PLAIN,
    "wikineural": PLAIN,
    "bsnlp": {
        "PER": "PER",
        "LOC": "LOC",
        "ORG": "ORG",
        "MISC": "MISC",
        "PRO": "MISC",
        "EVT": "MISC",
    },
    "ontonotes": {name: label for name, label in SPACY.items() if label in NAMES},
    "wnut": {
        "person": "PER",
        "location": "LOC",
        "corporation": "ORG",
        "group": "ORG",
        "product": "MISC",
        "creative-work": "MISC",
    },
    "factrueval": {"Person": "PER", "Location": "LOC", "LocOrg": "LOC", "Org": "ORG"},
    # dropped: Project and Facility, 23 objects in all
    "nerel": {
        "PERSON": "PER",
        "COUNTRY": "LOC",
        "CITY": "LOC",
        "STATE_OR_PROVINCE": "LOC",
        "DISTRICT": "LOC",
        "LOCATION": "LOC",
        "FACILITY": "LOC",
        "ORGANIZATION": "ORG",
        "WORK_OF_ART": "MISC",
        "PRODUCT": "MISC",
        "AWARD": "MISC",
        "LAW": "MISC",
        # dropped: what is no name in the other corpora (professions, dates, events, nationalities
        # as adjectives, families …)
    },
    "crossner": {
        **dict.fromkeys(("person", "politician", "scientist", "researcher", "writer"), "PER"),
        "musicalartist": "PER",
        **dict.fromkeys(("location", "country"), "LOC"),
        **dict.fromkeys(
            ("organisation", "organization", "politicalparty", "university", "band"), "ORG"
        ),
        **dict.fromkeys(
            ("misc", "award", "book", "poem", "album", "song", "event", "election"), "MISC"
        ),
        **dict.fromkeys(("conference", "magazine", "academicjournal", "product"), "MISC"),
        **dict.fromkeys(("programlang", "astronomicalobject", "theory"), "MISC"),
        # dropped: genres, tasks, fields, metrics, algorithms, chemicals, proteins, instruments
    },
}
"""Corpus → its own label → label of the page; a label that is not listed is dropped."""

DROPPED = frozenset(
    # labels known to the corpora above that are no names here
    "Project Facility PROFESSION EVENT DATE NUMBER AGE DISEASE ORDINAL CRIME NATIONALITY PENALTY "
    "IDEOLOGY MONEY TIME PERCENT RELIGION FAMILY LANGUAGE CARDINAL QUANTITY algorithm musicgenre task "
    "chemicalcompound protein field metrics literarygenre enzyme discipline chemicalelement "
    "musicalinstrument".split()
)


def _merged() -> dict[str, str]:
    """Return every label of every scheme in lower case, and what it becomes."""
    labels = {name.lower(): "" for name in DROPPED}
    for scheme in SCHEMES.values():
        labels |= {name.lower(): label for name, label in scheme.items()}
    return labels


KNOWN: Mapping[str, str] = _merged()
"""Label in lower case → label of the page, empty when it is dropped: for a visitor's own file."""
