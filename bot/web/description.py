"""What OpenAPI says of the HTTP API beyond its types: every error that a request may get, and examples."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.constants import METHODS_WITH_BODY

from bot.web.bodies import Problem
from bot.web.problems import KINDS, MEDIA_TYPE

DESCRIPTION = """Answers from your own documents, every sentence with its exact place in the original.

Spans (`start`, `end`) are half-open and count code points of the document's `text`: `text[start:end] == quote`.
An error is `application/problem+json` (RFC 9457) with a 4xx or 5xx status: `detail` is one line that says what is
wrong and what to do, in Chinese where `Accept-Language` asks for it; `type` tells the kinds (`GET /api/problems`)."""

EXAMPLES = Path(__file__).with_name("examples.json")
"""Of each request by method and path: what is sent (``request``), and what comes back (``answer``)."""
ALWAYS = (401, 403, 421, 429, 500, 503)
"""Statuses that any request may get."""
_WITH_BODY = (400, 413, 415)
_PROBLEM = "#/components/schemas/Problem"
_SCHEMAS = "#/components/schemas/{model}"
_REPLACED = ("HTTPValidationError", "ValidationError")  # the framework's own shape of an error


def describe(app: FastAPI) -> None:
    """Let ``app`` tell in its description what its routes do not say themselves."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _told(plain())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _told(schema: dict[str, Any]) -> dict[str, Any]:
    components = schema["components"]
    for name in _REPLACED:
        components["schemas"].pop(name, None)
    problem = Problem.model_json_schema(ref_template=_SCHEMAS)
    components["schemas"] |= problem.pop("$defs", {}) | {"Problem": problem}
    components["responses"] = {_name(status): _response(status) for status in sorted({kind.status for kind in KINDS})}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/"):
                operation["tags"] = [path.split("/")[2]]
                _with_errors(method, operation)
                _with_examples(operation, _examples().get(f"{method.upper()} {path}", {}))
    return schema


def statuses(method: str, operation: dict[str, Any]) -> tuple[int, ...]:
    """Return the statuses of the errors that a request may get."""
    body = method.upper() in METHODS_WITH_BODY and method != "delete" and method != "get"
    takes = bool(operation.get("parameters")) or body
    return tuple(sorted({*ALWAYS, *(_WITH_BODY if body else ()), *((404, 422) if takes else ())}))


def _with_errors(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in statuses(method, operation):
        responses[str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}


def _with_examples(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    if "request" in examples:
        for content in operation["requestBody"]["content"].values():
            content["example"] = examples["request"]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in examples.get("parameters", {}):
            parameter["example"] = examples["parameters"][parameter["name"]]
    answered = next(response for status, response in operation["responses"].items() if status.startswith("2"))
    for media, content in answered.get("content", {}).items():
        example = examples.get("events" if media == "text/event-stream" else "answer")
        if example is not None:
            content["example"] = example


def _name(status: int) -> str:
    return f"Problem{status}"


def _response(status: int) -> dict[str, Any]:
    kinds = [kind for kind in KINDS if kind.status == status]
    told = {
        kind.name: {
            "value": {"type": kind.type, "title": kind.en, "status": status, "detail": f"{kind.en}: …", "error": "…"}
        }
        for kind in kinds
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}, "examples": told}}
    headers = {"WWW-Authenticate": {"schema": {"type": "string"}}} if status == 401 else {}
    return {"description": "; ".join(kind.en for kind in kinds), "content": content, "headers": headers}


@cache
def _examples() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.exists() else {}
    return told
