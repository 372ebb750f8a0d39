"""Numbers as a person of each language reads them."""

from __future__ import annotations

from samovar.phrases import Language

SIGNIFICANT = 3


def thousands(number: int) -> str:
    """Return a whole number with thin spaces.

    >>> thousands(12345)
    '12\u2009345'
    """
    return f"{number:,}".replace(",", "\u2009")


def amount(number: float, language: Language) -> str:
    """Return a number with three significant digits, two behind the point where it has more before it.

    >>> amount(0.012345, "ru"), amount(1234.5, "en")
    ('0,0123', '1\u2009234.50')
    """
    whole = abs(number) >= 1 or number == 0
    digits = 2 if whole else SIGNIFICANT - 1 - _magnitude(number)
    said = f"{number:,.{digits}f}".replace(",", "\u2009")
    return said.replace(".", ",") if language == "ru" else said


def rounded(number: float, digits: int, language: Language) -> str:
    """Return a number with so many digits behind the point.

    >>> rounded(-0.00001, 2, "en"), rounded(0.5, 3, "ru")
    ('0.00', '0,500')
    """
    said = f"{round(number, digits) + 0.0:.{digits}f}"  # + 0.0: no minus before nought
    return said.replace(".", ",") if language == "ru" else said


def percent(number: float, language: Language) -> str:
    """Return a share of a hundred with at most one digit behind the point.

    >>> percent(28.0, "en"), percent(7.5, "ru")
    ('28\u00a0%', '7,5\u00a0%')
    """
    said = f"{number:.1f}".removesuffix(".0")
    return (said.replace(".", ",") if language == "ru" else said) + "\u00a0%"


def _magnitude(number: float) -> int:
    return int(f"{number:e}".partition("e")[2])
