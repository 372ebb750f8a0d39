"""Examples that the model sees before the sheet: invented products, one set a channel and language.

A text here goes on after an opening that ends with the subject ("… It"), so it starts with a verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Shot:
    """Show what is known of a product and the text without its opening."""

    name: str
    category: str
    audience: str
    facts: str
    text: str


FLASK = ("Corrie Flask", "flask", "hikers")
TRACKER = ("Vellum Desk", "software", "small offices")
LADDER = ("Stilla Step", "ladder", "home owners")

SHOTS: dict[tuple[Language, str], tuple[Shot, ...]] = {
    ("en", "post"): (
        Shot(
            *FLASK,
            "Holds 750 ml. Keeps water cold for 20 hours. Easy to open with gloves on",
            "holds 750 ml, keeps water cold for 20 hours and is easy to open with gloves on. "
            "See the sheet for the rest.",
        ),
        Shot(
            *TRACKER,
            "Sorts incoming mail into 6 folders. Works in any browser. Nobody searches for letters",
            "sorts incoming mail into 6 folders and works in any browser, so nobody searches for "
            "letters. Write to us to see it at work.",
        ),
        Shot(
            *LADDER,
            "Carries 160 kg. Folds to 7 cm. Fits behind a door",
            "carries 160 kg, folds to 7 cm and fits behind a door. Ask us if you have a question.",
        ),
    ),
    ("en", "email"): (
        Shot(
            *FLASK,
            "Holds 750 ml. Keeps water cold for 20 hours. Weighs 310 grams. Easy to open with gloves "
            "on. Price: EUR 27",
            "holds 750 ml, weighs 310 grams and keeps water cold for 20 hours. It is easy to open "
            "with gloves on.\n\nThe price is EUR 27. Reply to this e-mail if you have a question."
            "\n\nBest regards",
        ),
        Shot(
            *TRACKER,
            "Sorts mail into 6 folders. Works in any browser. Keeps letters for 3 years. Nobody "
            "searches for letters. Price: EUR 90 per month",
            "sorts mail into 6 folders, works in any browser and keeps letters for 3 years. Nobody "
            "searches for letters.\n\nThe price is EUR 90 per month. Reply to this e-mail to see it "
            "at work.\n\nBest regards",
        ),
    ),
    ("en", "ad"): (
        Shot(
            *FLASK,
            "Keeps water cold for 20 hours. Easy to open with gloves on",
            "keeps water cold for 20 hours and is easy to open with gloves on.",
        ),
        Shot(
            *TRACKER,
            "Sorts mail into 6 folders. Nobody searches for letters",
            "sorts mail into 6 folders. Nobody searches for letters.",
        ),
        Shot(
            *LADDER, "Carries 160 kg. Fits behind a door", "carries 160 kg and fits behind a door."
        ),
    ),
    ("en", "slogan"): (
        Shot(*FLASK, "Easy to open with gloves on", "Cold water, warm gloves."),
        Shot(*TRACKER, "Nobody searches for letters", "Every letter in its place."),
        Shot(*LADDER, "Fits behind a door", "Up when you need it, away when you don't."),
        Shot(
            "Harbour Loaf",
            "bread",
            "families",
            "Stays soft until Sunday",
            "Soft today, soft on Sunday.",
        ),
        Shot(
            "Nettle Pen",
            "pen",
            "left-handed writers",
            "Ink dries at once",
            "Write it, and it is dry.",
        ),
    ),
    ("en", "landing"): (
        Shot(
            *FLASK,
            "Holds 750 ml. Keeps water cold for 20 hours. Weighs 310 grams. Easy to open with gloves "
            "on. Fits into a side pocket. Price: EUR 27",
            "holds 750 ml, weighs 310 grams and keeps water cold for 20 hours. The flask is easy to "
            "open with gloves on and fits into a side pocket. The price is EUR 27.",
        ),
        Shot(
            *TRACKER,
            "Sorts mail into 6 folders. Works in any browser. Keeps letters for 3 years. Nobody "
            "searches for letters. Holidays cause no backlog. Price: EUR 90 per month",
            "sorts mail into 6 folders, works in any browser and keeps letters for 3 years. Nobody "
            "searches for letters, and holidays cause no backlog. The price is EUR 90 per month.",
        ),
    ),
    ("ru", "post"): (
        Shot(
            *("Фляга «Тропа»", "фляга", "туристы", "Вмещает 750 мл. Держит холод 20 часов"),
            "вмещает 750 мл и держит холод 20 часов. Куда возьмёте её первым делом?",
        ),
    ),
    ("ru", "email"): (
        Shot(
            *("Фляга «Тропа»", "фляга", "туристы"),
            "Вмещает 750 мл. Держит холод 20 часов. Весит 310 граммов. Цена: 1 900 рублей",
            "вмещает 750 мл, весит 310 граммов и держит холод 20 часов.\n\nЦена: 1 900 рублей. "
            "Ответьте на это письмо, если есть вопросы.\n\nС уважением",
        ),
    ),
    ("ru", "ad"): (
        Shot(
            *("Фляга «Тропа»", "фляга", "туристы", "Держит холод 20 часов"),
            "держит холод 20 часов.",
        ),
    ),
    ("ru", "slogan"): (
        Shot(
            "Фляга «Тропа»",
            "фляга",
            "туристы",
            "Легко открыть в перчатках",
            "холод внутри, руки в тепле.",
        ),
        Shot("Ручка «Мята»", "ручка", "левши", "Чернила сохнут сразу", "написал, и уже сухо."),
    ),
    ("ru", "landing"): (
        Shot(
            *("Фляга «Тропа»", "фляга", "туристы"),
            "Вмещает 750 мл. Держит холод 20 часов. Весит 310 граммов. Цена: 1 900 рублей",
            "вмещает 750 мл, весит 310 граммов и держит холод 20 часов. Флягу легко открыть в "
            "перчатках. Цена: 1 900 рублей.",
        ),
    ),
}
"""(language, channel) → shots."""

OPENINGS: dict[tuple[Language, str], tuple[str, ...]] = {
    ("en", "plain"): ("{name}", "In short: {name}", "For {audience}: {name}. It"),
    ("en", "friendly"): (
        "Meet {name}! It",
        "Say hello to {name}. It",
        "Good news for {audience}! {name}",
    ),
    ("en", "bold"): (
        "Time to move on: {name}",
        "Enough waiting. {name}",
        "Look at the numbers: {name}",
    ),
    ("en", "expert"): (
        "In figures: {name}",
        "Technically, {name}",
        "{name} is made for {audience}. It",
    ),
    ("ru", "plain"): ("{name}:", "Коротко: {name}"),
    ("ru", "friendly"): ("Знакомьтесь: {name}! Товар",),
    ("ru", "bold"): ("Хватит ждать. {name}:",),
    ("ru", "expert"): ("{name} в цифрах:",),
}
"""(language, tone) → first words of a text; one that names an audience is left out without one."""

FRAMES: dict[tuple[Language, str], str] = {
    ("en", "email"): "{name}\n\nHello,\n\n{opening}",
    ("ru", "email"): "{name}\n\nЗдравствуйте!\n\n{opening}",
    ("en", "slogan"): "{name}:",
    ("ru", "slogan"): "{name}:",
}
"""(language, channel) → what stands around the opening; elsewhere the opening stands alone."""
