"""A list of rewordings in five styles, as a larger chat model writes it in one reply.

The shots show one request in every style; the reply is a line for each, `style: text`. The prompt is the
same when a visitor asks and when rewordings are drawn to train a smaller model.
"""

from __future__ import annotations

from dataclasses import dataclass

from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

STYLES = ("shorter", "polite", "question", "reordered", "other words")
TASK: dict[Language, str] = {
    "en": "You reword requests that people say to a chatbot. Write five rewordings of each request: "
    "shorter, polite, as a question, in another order, and with other verbs and nouns. Each asks for "
    "exactly the same: the same people in the same roles, the same names, numbers, conditions and "
    "limits, nothing added and nothing left out. Never answer the request.",
    "ru": "Ты перефразируешь просьбы, с которыми люди обращаются к чат-боту. Напиши пять вариантов "
    "каждой просьбы: короче, вежливо, вопросом, в другом порядке и другими словами. Каждый вариант "
    "просит ровно о том же: те же люди в тех же ролях, те же имена, числа, условия и ограничения, "
    "ничего не добавлено и не потеряно. Никогда не отвечай на саму просьбу.",
}
LABELS: dict[Language, tuple[str, ...]] = {
    "en": STYLES,
    "ru": ("короче", "вежливо", "вопросом", "в другом порядке", "другими словами"),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """Show one request and its rewordings, one for each of STYLES."""

    request: str
    rewordings: tuple[str, str, str, str, str]


SHOTS: dict[Language, tuple[Shot, ...]] = {
    "en": (
        Shot(
            "Please remind me to call the dentist before I leave for work tomorrow.",
            (
                "Remind me to phone the dentist before work tomorrow.",
                "Would you be so kind as to remind me to ring the dentist before I set off for work "
                "tomorrow?",
                "Can you make sure I call the dentist tomorrow before I go to work?",
                "Before I leave for work tomorrow, I have to call the dentist, so remind me.",
                "Don't let me forget to ring the dentist's office before I head to work tomorrow.",
            ),
        ),
        Shot(
            "Send {amount} dollars to Maria unless she has already been paid",
            (
                "Pay Maria {amount} dollars if she hasn't been paid yet",
                "Please transfer {amount} dollars to Maria, unless she already got her money",
                "If Maria hasn't received her money yet, could you send her {amount} dollars?",
                "Unless Maria has already been paid, send her {amount} dollars",
                "Make a payment of {amount} dollars to Maria, but only if she is still unpaid",
            ),
        ),
        Shot(
            "is there a pharmacy near the station that stays open after 10 pm",
            (
                "any pharmacy by the station open past 10 pm",
                "I'd be glad to know of a drugstore near the station that's still open after 10 pm",
                "which pharmacy close to the station closes later than 10 pm?",
                "near the station, is some pharmacy open after 10 pm",
                "find me a drugstore around the station that doesn't close until after 10 pm",
            ),
        ),
        Shot(
            "After your shift, try to rest your eyes for at least ten minutes.",
            (
                "Rest your eyes ten minutes or more after your shift.",
                "It would be good to give your eyes at least ten minutes of rest after your shift.",
                "Why not let your eyes relax for ten minutes or longer once your shift is over?",
                "Try giving your eyes no less than ten minutes of rest when your shift ends.",
                "Once you finish work, allow your eyes a break of at least 10 minutes.",
            ),
        ),
    ),
    "ru": (
        Shot(
            "Напомни мне позвонить стоматологу завтра до работы.",
            (
                "Завтра до работы напомни про звонок стоматологу.",
                "Будь добр, напомни мне завтра перед работой набрать зубного врача.",
                "Можешь завтра до работы напомнить, чтобы я позвонил стоматологу?",
                "Завтра до работы мне надо позвонить стоматологу, напомни об этом.",
                "Не дай мне забыть о звонке зубному завтра перед работой.",
            ),
        ),
        Shot(
            "Переведи Марии {amount} рублей, если ей ещё не заплатили",
            (
                "Отправь Марии {amount} рублей, если она ещё без оплаты",
                "Пожалуйста, перечисли Марии {amount} рублей, если она ещё не получила деньги",
                "Не мог бы ты отправить Марии {amount} рублей, если ей пока не заплатили?",
                "Если Марии ещё не заплатили, переведи ей {amount} рублей",
                "Сделай Марии перевод на {amount} рублей, но только если она пока не получила оплату",
            ),
        ),
        Shot(
            "есть ли возле вокзала аптека, которая работает после десяти вечера",
            (
                "аптека у вокзала, открытая после 22:00",
                "подскажите, пожалуйста, аптеку рядом с вокзалом, которая открыта после десяти вечера",
                "какая аптека около вокзала работает позже десяти вечера?",
                "после десяти вечера возле вокзала какая-нибудь аптека открыта?",
                "найди рядом с вокзалом аптеку, которая закрывается позже десяти вечера",
            ),
        ),
        Shot(
            "После смены дайте глазам отдохнуть хотя бы десять минут.",
            (
                "Отдых глазам после смены — минимум десять минут.",
                "Хорошо бы после смены дать глазам не меньше десяти минут отдыха.",
                "Почему бы после смены не дать глазам отдых хотя бы на десять минут?",
                "Хотя бы десять минут отдыха дайте глазам, когда закончите смену.",
                "Закончив работу, не нагружайте глаза по крайней мере 10 минут.",
            ),
        ),
    ),
}
MOST_TOKENS = 240
"""Of a reply: five rewordings of a long request."""
TEMPERATURE = 0.7


def restyled(text: str, language: Language, seed: int) -> ChatRequest:
    """Return the request for a reply that `read` understands."""
    turns = [Turn("system", TASK[language])]
    for shot in SHOTS[language]:
        lines = zip(LABELS[language], shot.rewordings, strict=True)
        turns.append(Turn("user", shot.request))
        turns.append(Turn("assistant", "\n".join(f"{label}: {said}" for label, said in lines)))
    turns.append(Turn("user", text))
    sampling = Sampling(TEMPERATURE, 0.95, max_tokens=MOST_TOKENS, seed=seed)
    return ChatRequest(tuple(turns), sampling, stop=("\n\n",))


def read(reply: str, language: Language) -> dict[str, str]:
    r"""Return the rewordings of a reply by style; lines that follow no form are left out.

    >>> read("polite: Please dim the lamp.\nso what", "en")
    {'polite': 'Please dim the lamp.'}
    """
    styles = dict(zip(LABELS[language], STYLES, strict=True))
    found: dict[str, str] = {}
    for line in reply.splitlines():
        label, colon, said = line.strip(" -*").partition(":")
        style = styles.get(label.strip().casefold())
        if style and colon and said.strip():
            found.setdefault(style, " ".join(said.split()))
    return found
