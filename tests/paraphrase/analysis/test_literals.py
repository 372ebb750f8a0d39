"""What must stay letter for letter is found, hidden from the parser and compared."""

import pytest

from samovar.paraphrase.analysis.certain import literal_differences, swapped_literals
from samovar.paraphrase.analysis.english import ENGLISH
from samovar.paraphrase.analysis.literals import literals, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send {amount} dollars to ${name}", ["{amount}", "${name}"]),
        ("Say %s to <name>, 100% sure", ["%s", "<name>"]),
        ("Open https://acme.io/a?x=1&y=2.", ["https://acme.io/a?x=1&y=2"]),
        ("Open docs.acme.io/Setup now", ["docs.acme.io/Setup"]),
        ("Email report.v2@acme.io, please", ["report.v2@acme.io"]),
        ("Run deploy.sh with --force -v in /opt/app.", ["deploy.sh", "--force", "-v", "/opt/app"]),
        ("C++, C# and .NET jobs at AT&T", ["C++", "C#", ".NET", "AT&T"]),
        ("Ticket E-4471 on gate 12B, v2.3.1", ["E-4471", "12B", "v2.3.1"]),
        ('Reply "on my way" to #sales', ['"on my way"', "#sales"]),
        ("Запиши «Мой день» в файл план.docx", ["«Мой день»", "план.docx"]),
        ("Set it to 25°C at 5pm, 10km, and/or 24/7", []),
        ("e.g. this well-known thing, at 5 p.m.", []),
    ],
)
def test_literals_are_found(text, expected):
    assert [one.text for one in literals(text)] == expected


def test_a_literal_is_one_noun_to_the_parser():
    text = "Say hello to {name} from {team}"
    assert masked(text, literals(text), "Smith") == "Say hello to Smith from Smith"


def differences(old: str, new: str) -> list[tuple[str, str, bool]]:
    found = literal_differences(literals(old), literals(new), (old, new))
    return [(one.old, one.new, one.certain) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Run a.sh", "Please run a.sh", []),
        ("Run deploy.sh", "Run deploy.py", [("deploy.sh", "deploy.py", True)]),
        ("Search for C++ jobs", "Search for C# jobs", [("C++", "C#", True)]),
        ("Greet {name}", "Greet name", [("{name}", "", True)]),
        ("Greet {name}", "Greet {names}", [("{name}", "{names}", True)]),
        (
            "Open https://a.io/setup",
            "Open http://a.io/setup",
            [("https://a.io/setup", "http://a.io/setup", True)],
        ),
        (
            "Open https://a.io/Setup",
            "Open https://a.io/setup",
            [("https://a.io/Setup", "https://a.io/setup", True)],
        ),
        ('Add "oat milk" to the list', "Put oat milk on the list", []),
        ('Say "Yes"', 'Say "no"', [('"Yes"', '"no"', True)]),
        ("Say yes", 'Say "no"', [("", '"no"', False)]),
        ("Найди «Цены»", "Найди «Цена»", []),
        ("Find c++ jobs", "Find C++ jobs", []),
    ],
)
def test_literals_are_compared(old, new, expected):
    assert differences(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "swapped"),
    [
        ("Say hello to {name} from {team}", "Say hello to {team} from {name}", True),
        ("Say hello to {name} from {team}", "From {team}, say hello to {name}", False),
        ("Send {link} to {name}", "Send {name} {link}", False),
        ("Message {name} that dinner is at {time}", "Tell {time} that we eat at {name}", True),
        ("Put {a} on the list and text {b}", "Put {b} on the list and text {a}", True),
    ],
)
def test_literals_that_changed_places(old, new, swapped):
    found = swapped_literals(literals(old), literals(new), (old, new), ENGLISH.prepositions)
    assert bool(list(found)) is swapped
