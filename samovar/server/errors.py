"""Failures of the HTTP API as OpenAI's error objects, in the client's language."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from samovar.errors import BusyError, InputError, ModelError, SamovarError
from samovar.phrases import Language, Phrase

FIELD = Phrase(
    "`{name}` is missing or has a wrong type: {value}.",
    "Поля «{name}» нет или его тип не подходит: {value}.",
)
SEE_DOCS = Phrase("/docs describes the requests.", "Запросы описаны на странице /docs.")
REFUSED = Phrase(
    "{method} {path} is refused with status {status}.",
    "Запрос {method} {path} отклонён с кодом {status}.",
)
BROKEN = Phrase("The server failed.", "На сервере произошёл сбой.")


class UnknownModelError(InputError):
    """A request names a model that is not served."""


class KeyNeededError(InputError):
    """A request carries no key, or none that is known here."""


class ClosingError(BusyError):
    """The server is being stopped and takes no request any more."""


class TooLongError(ModelError):
    """A request ran for longer than any may."""


class SlowError(InputError):
    """The body of a request did not come in time."""


STATUSES: tuple[tuple[type[SamovarError], int, str], ...] = (
    (UnknownModelError, 404, "model_not_found"),
    (KeyNeededError, 401, "invalid_api_key"),
    (SlowError, 408, "request_timeout"),
    (InputError, 400, "invalid_request_error"),
    (ClosingError, 503, "server_is_stopping"),
    (BusyError, 429, "rate_limit_exceeded"),
    (TooLongError, 504, "timeout"),
    (ModelError, 503, "server_error"),
    (SamovarError, 500, "server_error"),
)
"""Error → HTTP status and OpenAI's code; the first that fits."""


def language(request: Request, default: Language) -> Language:
    """Return the language that the client prefers."""
    wanted = request.headers.get("accept-language", default)
    return "ru" if wanted.lower().startswith("ru") else "en"


def described(error: SamovarError, language: Language) -> tuple[int, dict[str, Any]]:
    """Return the HTTP status and the body that says `error`."""
    status, code = next((s, c) for kind, s, c in STATUSES if isinstance(error, kind))
    kind = "server_error" if status >= 500 else "invalid_request_error"
    body = {"message": error.say(language), "type": kind, "code": code, "param": None}
    return status, {"error": body}


def refusal(error: SamovarError, language: Language, status: int = 0) -> JSONResponse:
    """Return the response that says `error`; a busy server says when to come again."""
    known, body = described(error, language)
    headers = {"WWW-Authenticate": "Bearer"} if known == 401 else {}
    if isinstance(error, BusyError) and "seconds" in error.values:
        headers["Retry-After"] = str(error.values["seconds"])
    return JSONResponse(body, status or known, headers)


def answer_errors(app: FastAPI, default: Language) -> None:
    """Answer every failure by OpenAI's error object, in the client's language."""

    def answer(request: Request, error: SamovarError, status: int = 0) -> JSONResponse:
        return refusal(error, language(request, default), status)

    @app.exception_handler(SamovarError)
    async def ours(request: Request, error: SamovarError) -> JSONResponse:
        return answer(request, error)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][1:]) or "body"
        value = repr(first.get("input"))[:60]
        return answer(request, InputError(FIELD, SEE_DOCS, name=name, value=value))

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> JSONResponse:
        path, method, status = request.url.path[:60], request.method, error.status_code
        known = InputError(REFUSED, SEE_DOCS, method=method, path=path, status=status)
        return answer(request, known, status)

    @app.exception_handler(Exception)
    async def unknown(request: Request, error: Exception) -> JSONResponse:
        return answer(request, SamovarError(BROKEN))
