"""Chat templates: Jinja from a model's files, run in a sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

Message = dict[str, str]

PLAIN_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ {'system': 'Task', 'user': 'User', 'assistant': 'Assistant'}[message['role']] }}:\n"
    "{{ message['content'] }}\n\n"
    "{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:\n' }}{% endif %}"
)
"""For base models, which have no template; the roles are plain words at the start of a line."""


def alternating(messages: Sequence[Message]) -> list[Message]:
    """Return the messages as strict templates want them: user and assistant, in turn."""
    folded: list[Message] = []
    for message in messages:
        role = "user" if message["role"] == "system" else message["role"]
        if folded and folded[-1]["role"] == role:
            folded[-1] = {
                "role": role,
                "content": f"{folded[-1]['content']}\n\n{message['content']}",
            }
        else:
            folded.append({"role": role, "content": message["content"]})
    if folded[0]["role"] == "assistant":
        folded.insert(0, {"role": "user", "content": ""})
    return folded


def compiled(template: str) -> Template:
    """Return `template` ready to render.

    Raises:
        TemplateError: it is no valid Jinja.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = _refuse
    environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
    return environment.from_string(template)


def _refuse(why: str) -> None:
    raise TemplateError(why)
