"""Writes the examples of the API's description: requests of a small home, and what it really answers.

``python -m tests.examples`` puts them into ``bot/web/examples.json``; run it where an answer's fields have changed.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from bot import Bot, Settings
from bot.web.api import create_app
from bot.web.description import EXAMPLES
from tests.integration.model_server import StandIn, standing_in
from tests.integration.serving import GARDEN, MANUAL

QUESTION = "图书逾期未还每天收取多少滞纳金？"
TWO = "图书逾期未还每天收取多少滞纳金？遗失的怎么赔？"
WRITTEN = "图书逾期未还的，每册每天收取滞纳金二角。滞纳金最高为五十元。"
WORDINGS = "逾期费标准\n超期归还图书的收费\n"
PROPOSES = "三种说法"
HERE = ("127.0.0.1", 50_000)
CONVERSATION = "49f9cc9455533460"
KEY = "3f9c2a71"
DAY = "2026-03-01T08:00:00+00:00"


class Recorder:
    """Asks a server, and notes what was asked and answered as an example of its request."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.examples: dict[str, Any] = {}

    def __call__(self, request: str, body: Any = None, **places: Any) -> Any:
        """Send a request, ``METHOD /path/{name}``; ``places`` are the values of its path and its query."""
        method, path = request.split()
        query = {name: value for name, value in places.items() if f"{{{name}}}" not in path}
        response = self.client.request(method, path.format(**places), json=body, params=query)
        assert response.is_success, (request, response.text)
        is_json = response.headers.get("content-type") == "application/json" and response.content
        answer = response.json() if is_json else None
        told = {"request": body, "parameters": cut(places) or None, "answer": cut(answer)}
        self.examples[request] = {name: value for name, value in told.items() if value is not None}
        return answer


def cut(told: Any, name: str = "") -> Any:
    """Return an answer without what changes from run to run, and with no more of its long lists than shows what is."""
    if name == "timings":
        return {stage: 12.0 if took else 0.0 for stage, took in told.items()}
    if name == "milliseconds":
        return 900.0
    if name == "conversation_id":
        return CONVERSATION
    if name in ("key_id", "secret"):
        return KEY if name == "key_id" else f"youju-{KEY}-…"
    if isinstance(told, dict):
        return {key: cut(value, key) for key, value in told.items()}
    if isinstance(told, list):
        return [cut(one) for one in (told[:2] if name in ("paragraphs", "passages", "outline") else told)]
    if name in ("added_at", "updated_at", "asked_at", "synced_at", "made_at", "expires_at") and told is not None:
        return DAY
    return round(told, 4) if isinstance(told, float) else told


def asking(ask: Recorder, document: str) -> None:
    """Note the requests for questions and conversations."""
    answer = ask("POST /api/ask", {"question": QUESTION})
    events = ask.client.post("/api/ask", json={"question": TWO}, headers={"Accept": "text/event-stream"})
    ask.examples["POST /api/ask"]["events"] = events.text.partition("event: answer")[0] + "event: answer\ndata: {…}\n\n"
    ask("POST /api/search", {"query": QUESTION, "limit": 1, "documents": ["青溪图书馆借阅办法"]})
    ask("GET /api/starters", limit=2)
    ask("POST /api/suggest", {"answer": answer, "limit": 2})
    target = answer["citations"][0]["target"]
    for path in ("", "/sentence", "/reading"):
        ask(f"GET /api/citations/{{target}}{path}", target=target)
    kept = ask("POST /api/conversations", {"question": QUESTION})["conversation_id"]
    turns = "/api/conversations/{conversation_id}/turns"
    turn = ask(f"POST {turns}", {"question": "遗失的呢？"}, conversation_id=kept)["turn_id"]
    right = {"document_id": document, "paragraph": 6}
    opinion = {"rating": "bad", "right": right}
    ask(f"PUT {turns}/{{turn_id}}/feedback", opinion, conversation_id=kept, turn_id=turn)
    ask("GET /api/conversations", query="滞纳金")
    ask("GET /api/conversations/{conversation_id}", conversation_id=kept)
    ask("PATCH /api/conversations/{conversation_id}", {"title": "滞纳金"}, conversation_id=kept)
    ask("GET /api/conversations/{conversation_id}/export", conversation_id=kept, format="md")


def writing(ask: Recorder, stand: StandIn) -> None:
    """Note the requests for what a model writes; the model is a stand-in."""
    stand.says = lambda prompt: WORDINGS if PROPOSES in str(stand.asked[-1]) else WRITTEN
    ask("GET /api/settings/writer")
    ask("POST /api/settings/writer/look", {"url": stand.url})
    ask("PATCH /api/settings/writer", {"url": stand.url, "model": "good", "proposing": True})
    kept = ask.client.post("/api/conversations", json={"question": QUESTION}).json()
    place = {"conversation_id": kept["conversation_id"], "turn_id": kept["turns"][0]["turn_id"]}
    path = "/api/conversations/{conversation_id}/turns/{turn_id}/written"
    ask(f"POST {path}", {"mode": "paragraph"}, **place)
    events = ask.client.post(path.format(**place), json={"mode": "paragraph"}, headers={"Accept": "text/event-stream"})
    ask.examples[f"POST {path}"]["events"] = events.text.partition("event: answer")[0] + "event: answer\ndata: {…}\n\n"
    ask("POST /api/wordings", {"question": QUESTION})
    ask("PATCH /api/settings/writer", {"url": stand.url, "model": "good", "proposing": True})
    told = json.dumps(ask.examples, ensure_ascii=False).replace(stand.url.split("/")[2], "127.0.0.1:11434")
    ask.examples = json.loads(told)
    ask.client.patch("/api/settings/writer", json={"url": ""})


def changing(ask: Recorder, document: str, folder: Path) -> None:
    """Note the requests for documents, and for what a home keeps beside them."""
    ask("PUT /api/documents/{document_id}/tags", {"tags": ["规定"]}, document_id=document)
    ask("POST /api/documents/tags", {"documents": [document], "add": ["2026"]})
    ask("GET /api/collections")
    ask("GET /api/documents", q="图书馆", sort="-added_at", limit=10)
    for path in ("", "/outline", "/text"):
        ask(f"GET /api/documents/{{document_id}}{path}", document_id=document)
    files = [("files", ("library.md", MANUAL.encode()))]
    reports = ask.client.post("/api/documents", files=files).json()
    ask.examples["POST /api/documents"] = {"answer": cut(reports)}
    ask("GET /api/uploads/{name}", name="x")
    ask("GET /api/jobs")
    ask("POST /api/synonyms", {"groups": [["滞纳金", "逾期费"]]})
    ask("GET /api/synonyms")
    ask("GET /api/settings")
    ask("PATCH /api/settings", {"strictness": "strict"})
    ask("POST /api/keys", {"name": "Open WebUI", "role": "reader", "days": 90})
    ask("GET /api/keys")
    ask("POST /api/folders", {"path": str(folder), "name": "laws"})
    ask("GET /api/folders")
    ask("POST /api/folders/{name}/sync", {}, name="laws")
    for example in ("POST /api/folders", "GET /api/folders", "POST /api/folders/{name}/sync"):
        told = json.dumps(ask.examples[example], ensure_ascii=False).replace(str(folder), "/home/li/laws")
        ask.examples[example] = json.loads(told)
    ask("GET /api/problems")
    ask("GET /api/problems/{name}", name="not-found")
    ask("POST /api/documents/remove", {"documents": [document]})


def main() -> None:
    """Write the examples."""
    with tempfile.TemporaryDirectory() as place:
        home, folder = Path(place, "home"), Path(place, "laws")
        folder.mkdir()
        with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
            document = bot.add_bytes("library.md", MANUAL.encode()).document
            bot.add_bytes("garden.txt", GARDEN.encode())
            assert document is not None
            ask = Recorder(TestClient(create_app(bot), base_url="http://127.0.0.1:7860", client=HERE))
            asking(ask, document.document_id)
            with standing_in() as stand:
                writing(ask, stand)
            changing(ask, document.document_id, folder)
    EXAMPLES.write_text(json.dumps(ask.examples, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
