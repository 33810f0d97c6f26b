"""What no route of the API answers: 405 with the methods that the address takes, else 404.

Without it the page, which stands behind the API, would be asked, and would know of neither.
"""

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_OTHERS = ("HEAD", "OPTIONS", "TRACE", "QUERY")


def answer_the_rest(app: FastAPI) -> None:
    """Answer requests under ``/api`` that no route before takes. Call it behind all of them."""
    routes = [*app.router.routes]

    async def nowhere(request: Request) -> Response:
        # What is told of an address by its own name goes before what is told of one like it with a name in it.
        own = [method for method in _METHODS if method.lower() in app.openapi()["paths"].get(request.url.path, {})]
        taken = own or [
            method
            for method in _METHODS
            if any(route.matches({**request.scope, "method": method})[0] == Match.FULL for route in routes)
        ]
        raise HTTPException(405, headers={"Allow": ", ".join(taken)}) if taken else HTTPException(404)

    app.add_route("/api/{path:path}", nowhere, methods=[*_METHODS, *_OTHERS], include_in_schema=False)
