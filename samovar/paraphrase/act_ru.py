"""What kind of sentence a Russian text is, and what its opening adds without saying anything."""

from __future__ import annotations

import re
from typing import Any

from samovar.morphology import flat
from samovar.paraphrase.lemmas import lemmas, readings
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import words

POLITE = (
    r"(?:пожалуйста|слушай|эй|привет|алиса|ну|а|так|прошу(?: тебя| вас)?|будь(?:те)? (?:добр\w?|"
    r"любезн\w+)|если (?:не сложно|можно|нетрудно))"
)
MIGHT = (
    r"(?:(?:не )?(?:мо(?:г|гла|гли)|смо(?:г|гла|гли))(?: ли)? бы(?: ли)?(?: ты| вы)?"
    r"|(?:(?:ты|вы) )?(?:не )?с?мож(?:ешь|ете)(?: ли)?(?: ты| вы)?|можно(?: ли)? (?:тебя|вас) попросить)"
)
WANT = (
    r"(?:(?:я )?(?:очень )?(?:хочу|хотел[аи]? бы|бы хотел[аи]?|хотелось бы|прошу|мне (?:нужно|надо|хочется))"
    r",? чтобы(?: ты| вы)?|сделай(?:те)? так,? чтобы|пусть|пускай|давай(?:те)?)"
)
WH = (
    r"(?:что|кто|кем|кого|кому|чем|где|куда|откуда|когда|почему|зачем|как\b|каков\w*|как(?:ой|ая|ое|ие|ого|"
    r"ую|им|ими|ом|их)|сколько|скольки|почем|котор\w+|чей|чья|чье|чьи|на сколько|во сколько)"
)
TELL = (
    r"(?:скажи|подскажи|расскажи|узнай|проверь|посмотри|выясни|уточни|объясни|покажи|посчитай|посоветуй|"
    r"порекомендуй|назови|интересно)(?:те)?"
)
KNOW = (
    r"(?:(?:я )?(?:хочу|хотел[аи]? бы|бы хотел[аи]?|хотелось бы|мне (?:нужно|надо|интересно|хочется))"
    r"(?: (?:у?знать|уточнить|понять|выяснить|спросить))?)"
)
NAMED = r"(?:скажи|подскажи|назови|узнай|уточни|выясни|посоветуй|порекомендуй)(?:те)?"
DIRECT = rf"(?:(?:на|в|во|с|со|из|до|от|о|по|для|у|к|за|через) )?{WH}"
INNER = rf"(?:[^,]{{0,30}}, )?{DIRECT}\b"
IF = r"(?:[^,.?!]{0,40}?\bли\b)"
ASKING = re.compile(
    rf"^(?:{POLITE},? )*(?:{MIGHT}[, ]+)?(?:{POLITE},? )*(?:мне )?"
    rf"(?:{TELL}|{KNOW}|(?:сказать|подсказать|узнать|проверить|рассказать|посмотреть|уточнить)\b)"
    rf"(?: мне| нам)?,?(?: {POLITE},?)?,? (?:{INNER}|{IF}|о том,? {WH})"
)
ASKING_LAST = re.compile(rf"^{INNER}.*, (?:{TELL})$")
REMIND = rf"напомни(?:те)?(?: мне| нам)?(?=,? {DIRECT}\b)(?!.*(?:ть|ти|чь)\b)"
"""What only opens a question: "напомни, когда встреча", but not "напомни, когда приду, позвонить"."""
NOTIFY = re.compile(
    rf"^(?:{POLITE},? )*(?:{MIGHT}[, ]+)?(?:{POLITE},? )*(?:мне )?"
    r"(?:сообщи|напиши|предупреди|напомни|извести)(?:те)?\b"
)
TELLING = (
    r"(?:(?:я )?(?:хочу|хотел[аи]? бы|должен|должна|вынужден[аы]?) (?:сообщить|сказать|отметить)|сообщаю"
    r"|имей(?:те)? в виду|знай(?:те)?|учти(?:те)?),? что\b"
)
"""An opening of a statement."""
REQUEST = re.compile(rf"^(?:{POLITE},? )*(?:{MIGHT}|{WANT}|прошу)\b")
PERCEIVE = r"(?:посмотреть|послушать|услышать|увидеть|смотреть|слушать|почитать|уснуть)"
NEED = re.compile(
    r"^(?:срочно )?(?:мне|нам|я|мы)?(?: \w+)?? ?(?:бы )?(?:срочно )?"
    r"(?:нуж(?:ен|на|но|ны)|понадобится|требуется|хочу|хотим|хотел[аи]? бы|бы хотел[аи]?|хотелось бы|"
    r"хочется|надо|необходим\w*|ищу)\b"
)
PROHIBITED = re.compile(r"\b(?:нельзя|не (?:надо|нужно|следует|стоит|рекомендуется))\b")
ADVICE = re.compile(
    r"\b(?:не (?:забудь|забывай|стоит|следует)(?:те)?|(?:по)?старай(?:ся|тесь)|нельзя|следует|"
    r"рекомендуется|полезн\w+|важно|обязательно|всегда|никогда|ни в коем случае|советую|"
    r"(?:лучше|стоит)(?! ли\b)(?= .*(?:ть|ться|чь|ти|йте|сь|й)\b))"
)
NO_MORE = re.compile(
    r"\bбольше\b.* не (?:нуж\w+|надо)\b|\bбольше не (?:нуж\w+|надо)\b|\bне нуж\w+,? \w+и\b"
)
SERVING = re.compile(r"\b(?:напоминай|показывай|присылай|почитай|напевай|играй|читай)(?:те)?\b")
"""Imperfective imperatives that only a device is given; others are advice: "пейте воду"."""
SELF = re.compile(r"\b(?:мне|меня|мной|нам|нас|мой|мою|моей|моего|моих|мои|я)\b")
QUESTION = re.compile(rf"^(?:а |и |ну )?{DIRECT}\b")
FRAME = re.compile(
    rf"(?:(?<=, )|(?<=: )|^)(?:{TELLING}|{POLITE}|{MIGHT}|{WANT}|сделать так,? чтобы|прошу"
    rf"|{KNOW}(?=,? (?:{WH}|[^,]*\bли\b))"
    rf"|(?:мне |нам )?(?:нужно|надо|необходимо|нужно будет|пора)(?= )"
    rf"|{TELL}(?: мне| нам)?(?=,? (?:{POLITE},? )?(?:{INNER}|{IF}))"
    rf"|{REMIND}"
    rf"|{NAMED}(?: мне| нам)?\b"
    r"|не (?:забудь|забывай|забыть)(?:те)?|(?:по)?старай(?:ся|тесь)|(?:лучше|стоит|следует|"
    r"рекомендуется|необходимо)(?= )|обязательно|всегда|дело в том, что)(?:,? |$)"
)
"""What an opening adds without adding to the message; taken out before words are compared."""
KEPT: dict[Act, frozenset[Act]] = {
    Act.COMMAND: frozenset({Act.COMMAND, Act.WISH}),
    Act.WISH: frozenset({Act.WISH, Act.COMMAND}),
    Act.PLAN: frozenset({Act.PLAN}),
    Act.QUESTION: frozenset({Act.QUESTION}),
    Act.ADVICE: frozenset({Act.ADVICE, Act.COMMAND}),
    Act.STATEMENT: frozenset({Act.STATEMENT}),
}
"""As in English, but "мне нужно такси" is the usual way to order one."""


SHOWN = re.compile(r"^(?:покажи|прочитай|прочти|выведи|расскажи|назови|переведи|посчитай)(?:те)?\b")
"""Commands that ask: "покажи мои встречи" is "какие у меня встречи"."""


def same_act(original: str, text: str) -> bool:
    """Tell whether `text` may do what `original` does: order, ask, wish, advise or state."""
    old, new = act(original), act(text)
    if new in KEPT[old]:
        return True
    ordered = text if old == Act.QUESTION else original
    return {old, new} == {Act.QUESTION, Act.COMMAND} and bool(SHOWN.search(message(ordered)))


def message(text: str) -> str:
    """Return a Russian text in lower case without the words that only open it.

    >>> message("Не могли бы вы сказать, когда приедет курьер?"), message("Пожалуйста, погаси свет")
    ('сказать, когда приедет курьер?', 'погаси свет')
    """
    left, before = flat(" ".join(text.lower().split())), ""
    while left != before:
        left, before = FRAME.sub("", left).strip(" ,"), left
    return left


def act(text: str) -> Act:
    """Return the speech act of a Russian text.

    >>> act("Погаси свет"), act("мне нужно такси"), act("Не забывайте пить воду")
    (<Act.COMMAND: 'command'>, <Act.WISH: 'wish'>, <Act.ADVICE: 'advice'>)
    """
    asked = text.rstrip().endswith("?")
    core = flat(" ".join(text.lower().split())).strip(" .!?…«»")
    if re.match(TELLING, core):
        return Act.STATEMENT
    asking = ASKING.search(core) or ASKING_LAST.search(core) or re.match(rf"{NAMED}\b", core)
    if asking and not NOTIFY.search(core) and not _addressed(core):
        return Act.QUESTION
    if REQUEST.search(core):
        return Act.COMMAND
    if not asked and ("," in core or not QUESTION.search(core)):
        told = _told(core)
        if told:
            return told
    if imperatives(core) and not (QUESTION.search(core) and asked):
        return Act.COMMAND
    if QUESTION.search(core) or asked or re.search(r"^\S+(?: \S+){0,4} ли\b", core):
        return _asked(core)
    if NEED.search(core):
        return _needed(core)
    return _said(core)


def _told(core: str) -> Act | None:
    """Return command or advice for a sentence that tells somebody what to do."""
    ordered = imperatives(core)
    if NO_MORE.search(core):
        return Act.COMMAND
    if ADVICE.search(core):
        return Act.ADVICE
    if PROHIBITED.search(core):
        return Act.COMMAND if SELF.search(core) else Act.ADVICE
    if ordered:
        general = set(ordered) == {"impf"} and not SELF.search(core) and not SERVING.search(core)
        return Act.ADVICE if general else Act.COMMAND
    return None


def imperatives(text: str) -> list[str]:
    """Return the aspect (perf, impf) of every imperative of a lower-case text outside quotes."""
    said = re.sub(r"[«\"“][^»\"”]*[»\"”]|\b(?:три|трем)\b", " ", text)
    listed = words(said)
    found = [str(one.tag.aspect) for one in map(ordering, listed) if one is not None]
    if not found and listed:  # "суши бельё": a rarer reading counts at the start only
        found = [str(one.tag.aspect) for one in readings(listed[0]) if one.tag.mood == "impr"][:1]
    return found


def ordering(word: str) -> Any:
    """Return the imperative reading of `word`: its first, or its second in "смотрите"."""
    first, *others = readings(word)
    if first.tag.mood == "impr":
        return first
    plural = first.tag.POS == "VERB" and first.tag.person == "2per" and word.endswith("те")
    return next((one for one in others if plural and one.tag.mood == "impr"), None)


def _addressed(core: str) -> bool:
    """Tell whether "скажи маме …" speaks to somebody else: the next noun is a person in the dative."""
    following = [word for word in words(core)[1:3] if word not in ("мне", "нам", "пожалуйста")]
    return any(
        one.tag.case == "datv" and one.tag.animacy == "anim"
        for word in following[:1]
        for one in readings(word)
    )


def _asked(core: str) -> Act:
    """Return the act of "можно музыку погромче?": a wish, unless something is really asked."""
    polite = re.match(r"можно (?!ли\b)(?:мне )?(\w+)", core)
    if polite and not any(one.tag.POS == "INFN" for one in readings(polite[1])):
        return Act.WISH
    return Act.QUESTION


def _needed(core: str) -> Act:
    """Return plan for "хочу сдать билет", wish for "хочу два билета", "хочу послушать джаз"."""
    if re.search(r"\bу?знать\b", core):
        return Act.QUESTION
    if re.search(rf"\bхо\w+(?: бы)?(?: \w+)? {PERCEIVE}\b", core):
        return Act.WISH
    wanted = core.split(" чтобы ")[0]
    done = any(readings(word)[0].tag.POS == "INFN" for word in words(wanted))
    own = re.match(r"(?:я|мы|мне|нам|хо\w+|бы)\b", core)
    return Act.PLAN if done and own else Act.WISH


def _said(core: str) -> Act:
    """Return statement for a sentence with a verb, wish for bare nouns ("следующий трек")."""
    tags = [readings(word)[0].tag for word in words(core)]
    if any("INFN" in tag for tag in tags) and re.search(r"\b(?:нужно|надо|необходимо)\b", core):
        return Act.WISH
    if lemmas("нужный") & frozenset().union(*(lemmas(word) for word in words(core)), frozenset()):
        return Act.WISH
    told = any(tag.POS in ("VERB", "PRTS", "ADJS", "PRED") for tag in tags) or len(tags) > 6
    return Act.STATEMENT if told else Act.WISH
