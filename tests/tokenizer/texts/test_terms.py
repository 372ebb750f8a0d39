import pytest
from byte_level.families import loaded, source

from samovar.errors import InputError
from samovar.tokenizer.texts.terms import LONGEST, MOST, checked


def kept(*terms: object) -> list[str]:
    return checked(list(terms), loaded(source("gpt-2")))


@pytest.mark.parametrize(
    ("given", "terms"),
    [
        (["smart contract", " smart \n contract ", "smart\tcontract"], ["smart contract"]),
        (["C++", "--dry-run", "@Entry", "$HOME"], ["C++", "--dry-run", "@Entry", "$HOME"]),
        (["keccak256", "k8s", "2024"], ["keccak256", "k8s", "2024"]),
        (
            ["умный контракт", "שלום עולם", "🍕", "👩‍💻"],
            ["умный контракт", "שלום עולם", "🍕", "👩‍💻"],
        ),
        (["\u200fשלום\u200f", "\ufeffkubectl", "\u200bkubectl"], ["שלום", "kubectl"]),
        (["می‌خواهم"], ["می‌خواهم"]),
        (["हिन्दी"], ["हिन्दी"]),
        (["smart" + " " * 200 + "contract"], ["smart contract"]),
        ([], []),
    ],
)
def test_terms_are_kept_each_once(given: list[str], terms: list[str]) -> None:
    assert kept(*given) == terms


@pytest.mark.parametrize(
    ("term", "said", "way_out"),
    [
        ("", "Term 2 is empty", "Leave it out"),
        (" \n " * 99, "Term 2 is empty", "Leave it out"),
        ("\u200b\u200f", "'\\u200b\\u200f' holds none", "Leave it out"),
        ("\u0301", "'\\u0301' holds none", "Leave it out"),
        ("x" * 200, f"200 characters; at most {LONGEST}", "Shorten it"),
        ("<|im_end|>", "`<|im_end|>` holds the control token", "Leave it out"),
        ("a <repo_name>", "control token `<repo_name>`", "Leave it out"),
        ("a\x00b", "U+0000 at position 2", "Remove it"),
        ("\ud800", "U+D800", "Remove it"),
        (5, "must be a text", ""),
    ],
)
def test_what_is_no_term_is_refused_with_rule_value_and_way_out(
    term: object, said: str, way_out: str
) -> None:
    with pytest.raises(InputError) as caught:
        kept("kubectl", term)
    assert said in str(caught.value) and way_out in str(caught.value)
    assert any("а" <= letter <= "я" for letter in caught.value.say("ru"))


def test_thousands_of_terms_are_refused() -> None:
    with pytest.raises(InputError, match=f"5000 terms; at most {MOST} .* stand most often"):
        kept(*(f"term{n}" for n in range(5000)))
    assert len(checked([f"t{n}" for n in range(300)], loaded(source("gpt-2")), 300)) == 300
