"""The prompt: two worked examples, then the product with two facts and a benefit.

A 135M model retells three sentences well and ten badly, so each draft is given other facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from samovar.marketing.brief import CHANNELS, Sheet
from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold the prompt's texts in one language."""

    system: str
    product: str
    """The question's form: {name}, {audience}, {facts}, {tone}, {task}."""
    tasks: dict[str, str]
    """Channel → what to write."""
    tones: dict[str, str]
    openings: dict[str, tuple[str, ...]]
    """Tone → beginnings of a text, taken in turn; the model goes on from there."""
    greetings: dict[str, str]
    """Tone → beginning of an e-mail."""
    examples: tuple[tuple[str, str, str, dict[str, str]], ...]
    """(name, audience, facts, channel → text)"""


ENGLISH = Wording(
    system="You write advertising texts. You use the facts of the product and nothing else.",
    product="Product: {name}\nFor: {audience}\nFacts: {facts}\nTone: {tone}\n{task}",
    tasks={
        "post": "Write a short social post.",
        "ad": "Write a two-sentence ad.",
        "slogan": "Write a slogan.",
        "email": "Write a short email to a customer.",
        "landing": "Write the first paragraph of a web page.",
    },
    tones={k: k for k in ("neutral", "friendly", "bold", "formal", "playful")},
    openings={
        "neutral": ("{name}", "With {name} you", "{name}:"),
        "friendly": ("Good to know: {name}", "Meet {name}.", "You asked for it: {name}"),
        "bold": ("No excuses: {name}", "Numbers, not promises: {name}", "Look closely: {name}"),
        "formal": ("We present {name}, which", "{name} is designed for", "We introduce {name}. It"),
        "playful": ("Psst! {name}", "Guess what? {name}", "Say hello to {name}!"),
    },
    greetings={
        "neutral": "Dear reader, {name}",
        "friendly": "Hello! We thought of you: {name}",
        "bold": "Hello, let us get to the point. {name}",
        "formal": "Dear Sir or Madam, we present {name}, which",
        "playful": "Psst, dear reader! {name}",
    },
    examples=(
        (
            "Norvik Lift desk",
            "people who work at a desk",
            "Rises in 12 seconds. Remembers 4 heights. Stand up between two calls.",
            {
                "post": "Norvik Lift desk rises in 12 seconds and remembers 4 heights. "
                "Stand up between two calls!",
                "ad": "Norvik Lift desk rises in 12 seconds. Stand up between two calls.",
                "slogan": "Norvik Lift desk: stand up in 12 seconds.",
                "email": "Dear reader, Norvik Lift desk rises in 12 seconds and remembers 4 "
                "heights. It lets you stand up between two calls.",
                "landing": "Norvik Lift desk is made for people who work at a desk. It rises in 12 "
                "seconds and remembers 4 heights, so you can stand up between two calls.",
            },
        ),
        (
            "Tarn umbrella",
            "walkers in the city",
            "Weighs 310 grams. Opens with one button. Fits into a coat pocket.",
            {
                "post": "Tarn umbrella weighs 310 grams and opens with one button. "
                "It fits into a coat pocket, so it walks with you.",
                "ad": "Tarn umbrella weighs 310 grams. It fits into a coat pocket.",
                "slogan": "Tarn umbrella: 310 grams in your coat pocket.",
                "email": "Dear reader, Tarn umbrella opens with one button and weighs 310 grams. "
                "It fits into a coat pocket, so it is there when you need it.",
                "landing": "Tarn umbrella is made for walkers in the city. It weighs 310 grams, "
                "opens with one button and fits into a coat pocket.",
            },
        ),
    ),
)
RUSSIAN = Wording(
    system="Ты пишешь рекламные тексты. Используй факты о товаре и ничего больше.",
    product="Товар: {name}\nДля кого: {audience}\nФакты: {facts}\nТон: {tone}\n{task}",
    tasks={
        "post": "Напиши короткий пост.",
        "ad": "Напиши объявление из двух предложений.",
        "slogan": "Напиши слоган.",
        "email": "Напиши короткое письмо покупателю.",
        "landing": "Напиши первый абзац веб-страницы.",
    },
    tones={
        "neutral": "нейтральный",
        "friendly": "дружеский",
        "bold": "смелый",
        "formal": "официальный",
        "playful": "игривый",
    },
    openings={
        "neutral": ("{name}", "{name}:", "{name} —"),
        "friendly": ("Знакомьтесь: {name}.", "Для вас: {name}", "Хорошая новость: {name}"),
        "bold": ("Без лишних слов: {name}", "Цифры вместо обещаний: {name}", "{name}. Точка."),
        "formal": ("Представляем: {name}.", "{name} предназначен для", "Вашему вниманию: {name}."),
        "playful": ("Тсс! {name}", "Угадайте, что это? {name}", "А вот и {name}!"),
    },
    greetings={
        "neutral": "Здравствуйте! {name}",
        "friendly": "Добрый день! Мы подумали о вас: {name}",
        "bold": "Здравствуйте, сразу к делу. {name}",
        "formal": "Уважаемые дамы и господа! Представляем: {name}.",
        "playful": "Тсс, у нас новости! {name}",
    },
    examples=(
        (
            "Стол «Подъём»",
            "те, кто работает за столом",
            "Поднимается за 12 секунд. Помнит 4 высоты. Между звонками можно встать.",
            {
                "post": "Стол «Подъём» поднимается за 12 секунд и помнит 4 высоты. "
                "Встаньте между звонками!",
                "ad": "Стол «Подъём» поднимается за 12 секунд. Между звонками можно встать.",
                "slogan": "Стол «Подъём»: встать за 12 секунд.",
                "email": "Здравствуйте! Стол «Подъём» поднимается за 12 секунд и помнит 4 высоты. "
                "Между звонками можно встать.",
                "landing": "Стол «Подъём» сделан для тех, кто работает за столом. Он поднимается "
                "за 12 секунд и помнит 4 высоты, так что между звонками можно встать.",
            },
        ),
        (
            "Зонт «Капля»",
            "городские пешеходы",
            "Весит 310 граммов. Открывается кнопкой. Помещается в карман пальто.",
            {
                "post": "Зонт «Капля» весит 310 граммов и открывается кнопкой. "
                "Он помещается в карман пальто и гуляет вместе с вами.",
                "ad": "Зонт «Капля» весит 310 граммов. Он помещается в карман пальто.",
                "slogan": "Зонт «Капля»: 310 граммов в кармане пальто.",
                "email": "Здравствуйте! Зонт «Капля» открывается кнопкой и весит 310 граммов. "
                "Он помещается в карман пальто.",
                "landing": "Зонт «Капля» сделан для городских пешеходов. Он весит 310 граммов, "
                "открывается кнопкой и помещается в карман пальто.",
            },
        ),
    ),
)
WORDINGS: dict[Language, Wording] = {"en": ENGLISH, "ru": RUSSIAN}
PENALTY = 1.02
"""More would forbid the words of the facts, since the prompt counts as well."""


def request(sheet: Sheet, channel: str, tone: str, index: int, seed: int) -> ChatRequest:
    """Return the request for draft `index`: its own facts, opening and seed."""
    wording = WORDINGS[sheet.language]
    task = wording.tasks[channel]
    turns = [Turn("system", wording.system)]
    for name, audience, facts, texts in wording.examples:
        asked = wording.product.format(
            name=name, audience=audience, facts=facts, tone=wording.tones["neutral"], task=task
        )
        turns += [Turn("user", asked), Turn("assistant", texts[channel])]
    asked = wording.product.format(
        name=sheet.name,
        audience=sheet.audience or "—",
        facts=" ".join(chosen(sheet, index)),
        tone=wording.tones[tone],
        task=task,
    )
    temperature = 0.4 if index % 2 else 0.6
    sampling = Sampling(
        temperature, 0.92, 50, PENALTY, CHANNELS[channel].tokens, (seed * 1009 + index) % 2**31
    )
    return ChatRequest(
        (*turns, Turn("user", asked)),
        sampling,
        stop=("\n",),
        prefix=opening(sheet, channel, tone, index),
    )


def chosen(sheet: Sheet, index: int) -> tuple[str, ...]:
    """Return two facts and a benefit for draft `index`; neighbours get other ones."""
    facts, benefits = sheet.facts, sheet.benefits
    step = 1 + index // max(1, len(facts)) % max(1, len(facts) - 1)
    picked = [facts[(index + k * step) % len(facts)] for k in range(min(2, len(facts)))]
    picked += [benefits[index % len(benefits)]] if benefits else []
    return tuple(one if one.endswith((".", "!", "?")) else f"{one}." for one in picked)


def opening(sheet: Sheet, channel: str, tone: str, index: int) -> str:
    """Return how draft `index` begins."""
    wording = WORDINGS[sheet.language]
    openings = wording.openings[tone]
    if channel == "slogan":
        return f"{sheet.name}:"
    form = wording.greetings[tone] if channel == "email" else openings[index % len(openings)]
    return form.format(name=sheet.name)
