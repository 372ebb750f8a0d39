"""The card "Change what answers": the settings that choose other models, and where they are put."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from samovar import catalog, html
from samovar.phrases import Language, Phrase

TITLE = Phrase("Change what answers", "Как сменить модели")
ABOUT = Phrase(
    "A profile names a model for every kind of work. It is set before the start, like the other settings "
    "here, in front of the command: {command}. On a Space it is a variable under Settings. {doctor} says "
    "what would run, and why.",
    "Профиль называет модель для каждого вида работы. Он, как и другие настройки здесь, задаётся до "
    "запуска, перед командой: {command}. В Space это переменная в разделе Settings. {doctor} скажет, что "
    "будет работать и почему.",
)
COMMAND = "SAMOVAR_PROFILE=cpu make app"
DOCTOR = "make doctor"
SETTING = Phrase("Setting", "Настройка")
THEN = Phrase("What answers then", "Что тогда отвечает")
NOW = Phrase("now", "сейчас")
PROFILES: Mapping[str, Phrase] = {
    "embedded": Phrase(
        "The models inside pip packages, without network: {chat}, {encoder}. A larger one that was fetched "
        "joins where memory allows.",
        "Модели из пакетов pip, без сети: {chat}, {encoder}. Загруженная модель побольше подключается, если "
        "хватает памяти.",
    ),
    "cpu": Phrase(
        "Larger models from the Hugging Face Hub, still without a graphics card: {chat}, {encoder}.",
        "Модели побольше с Hugging Face Hub, тоже без видеокарты: {chat}, {encoder}.",
    ),
    "gpu": Phrase(
        "The largest, for a graphics card: {chat}, {encoder}.",
        "Самые большие, для видеокарты: {chat}, {encoder}.",
    ),
}
OTHERS: Mapping[str, Phrase] = {
    "SAMOVAR_LIGHT=1": Phrase(
        "Only the small models of embedded, whatever was fetched: less memory, faster.",
        "Только малые модели из embedded, что бы ни было загружено: меньше памяти, быстрее.",
    ),
    "SAMOVAR_CHAT_URL=http://localhost:8000/v1": Phrase(
        "Texts are written by a server of yours that speaks the OpenAI API (vLLM, Ollama); "
        "SAMOVAR_CHAT_MODEL names its model.",
        "Тексты пишет ваш сервер с OpenAI API (vLLM, Ollama); SAMOVAR_CHAT_MODEL называет его модель.",
    ),
}


def card(current: str, language: Language) -> Markup:
    """Return the card; `current` is the name of the profile that answers now."""
    command, doctor = html.tag("code", COMMAND), html.tag("code", DOCTOR)
    about = Markup(ABOUT.say(language, command="{command}", doctor="{doctor}"))
    rows = [*_profiles(current, language)]
    rows += [(html.tag("code", line), said.say(language)) for line, said in OTHERS.items()]
    table = html.table([SETTING.say(language), THEN.say(language)], rows)
    return html.join(
        (
            html.tag("h2", TITLE.say(language)),
            html.tag("p", about.format(command=command, doctor=doctor), class_="quiet"),
            html.tag("div", table, class_="listing settings"),
        )
    )


def _profiles(current: str, language: Language) -> list[tuple[Markup, str]]:
    rows = []
    for name, said in PROFILES.items():
        column = catalog.PROFILES[name]
        models = {role: catalog.title(column[role]) for role in ("chat", "encoder")}
        line = html.tag("code", f"SAMOVAR_PROFILE={name}")
        if name == current:
            line += " " + html.badge(NOW.say(language), "good")
        rows.append((line, said.say(language, **models)))
    return rows
