"""The shots of the base model: originals with their rewordings, and the openings that suit them."""

from __future__ import annotations

from dataclasses import dataclass

from samovar.paraphrase.speech import Act


@dataclass(frozen=True, slots=True)
class Shot:
    """Show one original and its rewording without the opening."""

    original: str
    rewording: str


@dataclass(frozen=True, slots=True)
class Style:
    """Join openings (first words, last sign) with the shots that suit them."""

    openings: tuple[tuple[str, str], ...]
    shots: tuple[Shot, ...]


FREE = (("", ""),)

COMMAND_SHOTS = (
    Shot("turn off the kitchen lights", "switch off the lights in the kitchen"),
    Shot("remind me to call mom at 5 pm", "give me a reminder to phone mom at 5 pm"),
    Shot("find a cheap hotel in Rome", "look for an inexpensive hotel in Rome"),
    Shot("put my photos into our family album", "add my photos to our family album"),
    Shot("buy two tickets to Oslo for Friday", "get me two tickets to Oslo for Friday"),
)
MIND_SHOTS = (
    Shot("turn off the kitchen lights", "switching off the lights in the kitchen"),
    Shot("remind me to call mom at 5 pm", "reminding me to phone mom at 5 pm"),
    Shot("find a cheap hotel in Rome", "finding an inexpensive hotel in Rome"),
    Shot("put my photos into our family album", "adding my photos to our family album"),
)
WISH_SHOTS = (
    Shot("I need a hotel in Rome for 3 nights.", "a hotel in Rome for 3 nights"),
    Shot("I'm after two tickets to Oslo on Friday", "two tickets to Oslo on Friday"),
    Shot("I want some quiet music, please", "some quiet music"),
)
WISH_AS_COMMAND_SHOTS = (
    Shot("I need a hotel in Rome for 3 nights.", "find me a hotel in Rome for 3 nights"),
    Shot("I'm after two tickets to Oslo on Friday", "get me two tickets to Oslo on Friday"),
    Shot("I want some quiet music, please", "play some quiet music"),
)
PLAN_SHOTS = (
    Shot("I want to see a film on Friday night", "watch a movie on Friday night"),
    Shot("I'd like to start learning Spanish.", "begin learning Spanish"),
    Shot("I need to be in Rome before noon, please", "be in Rome before noon"),
)
FREE_PLAN_SHOTS = (
    Shot("I want to see a film on Friday night", "On Friday night I'd like to watch a movie."),
    Shot("I'd like to start learning Spanish.", "I want to begin learning Spanish."),
    Shot("I need to be in Rome before noon, please", "Before noon I need to be in Rome."),
)
QUESTION_SHOTS = (
    Shot("When does the museum open on Sunday?", "when the museum opens on Sunday"),
    Shot("is it cold in Oslo today", "if it is cold in Oslo today"),
    Shot("How much is a ticket to Rome?", "how much a ticket to Rome costs"),
    Shot("where can I buy a blue bag", "where I can buy a blue bag"),
    Shot("where is my blue bag", "where my blue bag is"),
)
QUESTION_FREE_SHOTS = (
    Shot("When does the museum open on Sunday?", "What time does the museum open on Sunday?"),
    Shot("is it cold in Oslo today", "Is today cold in Oslo?"),
    Shot("How much is a ticket to Rome?", "What does a ticket to Rome cost?"),
)
ADVICE_SHOTS = (
    Shot(
        "Before you travel, always check the train times.",
        "check the train times before you travel",
    ),
    Shot(
        "If you feel cold, you should put on a warm jacket.",
        "put on a warm jacket if you feel cold",
    ),
    Shot(
        "While studying, remember to take a short break every hour.",
        "take a short break every hour while studying",
    ),
)
STATEMENT_SHOTS = (
    Shot(
        "A short nap after work makes me feel better.",
        "After work, a short nap helps me feel better.",
    ),
    Shot("The museum is closed on Mondays.", "On Mondays, the museum is closed."),
    Shot("My brother has not called me this week.", "This week my brother hasn't called me."),
)
FREE_ADVICE_SHOTS = (
    Shot(
        "Before you travel, always check the train times.",
        "Always check the train times before you travel.",
    ),
    Shot(
        "If you feel cold, you should put on a warm jacket.",
        "When you feel cold, you should wear a warm jacket.",
    ),
    Shot(
        "While studying, remember to take a short break every hour.",
        "Remember to take a short break each hour while studying.",
    ),
)
STYLES: dict[Act, tuple[Style, ...]] = {
    Act.COMMAND: (
        Style(
            (
                ("Could you", "?"),
                ("Please", "."),
                ("I'd like you to", "."),
                ("Can you please", "?"),
                ("I want you to", "."),
                ("Would you", "?"),
                ("I need you to", "."),
                ("Go ahead and", "."),
            ),
            COMMAND_SHOTS,
        ),
        Style((("Would you mind", "?"),), MIND_SHOTS),
        Style(FREE, COMMAND_SHOTS),
    ),
    Act.WISH: (
        Style(
            (
                ("I'd like", "."),
                ("I want", "."),
                ("Could I get", "?"),
                ("I would like", "."),
                ("I'm looking for", "."),
            ),
            WISH_SHOTS,
        ),
        Style((("Please", "."), ("Can you", "?"), ("Could you", "?")), WISH_AS_COMMAND_SHOTS),
        Style(FREE, WISH_AS_COMMAND_SHOTS),
    ),
    Act.PLAN: (
        Style(
            (
                ("I'd like to", "."),
                ("I want to", "."),
                ("I need to", "."),
                ("I'm hoping to", "."),
                ("I would love to", "."),
            ),
            PLAN_SHOTS,
        ),
        Style(FREE * 2, FREE_PLAN_SHOTS),
    ),
    Act.QUESTION: (
        Style(
            (
                ("Can you tell me", "?"),
                ("I'd like to know", "."),
                ("Do you know", "?"),
                ("Please tell me", "."),
                ("Could you check", "?"),
                ("I want to know", "."),
                ("Tell me", "."),
            ),
            QUESTION_SHOTS,
        ),
        Style(FREE, QUESTION_FREE_SHOTS),
    ),
    Act.ADVICE: (
        Style(
            (
                ("Make sure to", "."),
                ("Don't forget to", "."),
                ("Remember to", "."),
                ("It's important to", "."),
                ("Be sure to", "."),
                ("You should", "."),
                ("Please remember to", "."),
                ("Always", "."),
            ),
            ADVICE_SHOTS,
        ),
        Style(FREE, FREE_ADVICE_SHOTS),
    ),
    Act.STATEMENT: (Style(FREE * 4, STATEMENT_SHOTS),),
}
RUSSIAN = (
    Style(
        FREE * 4,
        (
            Shot("включи свет на кухне", "зажги на кухне свет"),
            Shot("поставь будильник на 7 утра", "разбуди меня в 7 утра"),
            Shot("Сколько стоит билет в Рим?", "Какая цена у билета в Рим?"),
            Shot("Не забудь взять зонт, обещают дождь.", "Возьми с собой зонт, будет дождь."),
        ),
    ),
)
