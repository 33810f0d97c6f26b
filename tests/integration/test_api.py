"""The HTTP API and the Gradio endpoints, asked over real connections."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.integration.serving import GARDEN, ROOT, Running, environment, make_home, problem, running

FINE = "图书逾期未还每天收取多少滞纳金？"
UNKNOWN = "火星探测器的发射质量是多少吨？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Running]:
    with running(home, YOUJU_MAX_FILE_MEGABYTES="1") as server:
        yield server


@pytest.fixture
def http(server: Running) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


def ask(http: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    response = http.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


def test_every_citation_stands_in_the_document(http: httpx.Client) -> None:
    answer = ask(http, FINE)
    assert not answer["abstained"]
    assert "二角" in answer["citations"][0]["quote"]
    for citation in answer["citations"]:
        document = http.get(f"/api/documents/{citation['document_id']}").json()
        assert document["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert citation["source"] == document["source"] == "library.md"


def test_questions_to_begin_with_and_to_go_on_with(http: httpx.Client) -> None:
    starters = http.get("/api/starters").json()
    assert starters and not any(ask(http, question)["abstained"] for question in starters)
    assert http.get("/api/starters", params={"limit": 1}).json() == starters[:1]
    assert "'none'" in problem(http.get("/api/starters", params={"documents": "none"}), 404)

    answer = ask(http, FINE)
    proposed = http.post("/api/suggest", json={"answer": answer}).json()
    assert proposed and not any(ask(http, question)["abstained"] for question in proposed)
    rest = http.post("/api/suggest", json={"answer": answer, "asked": proposed, "limit": 1}).json()
    assert not {*rest} & {*proposed}
    long = {**answer, "question": "问" * 100_000}
    assert http.post("/api/suggest", json={"answer": long, "asked": ["问"] * 10_000}).status_code == 200
    assert http.post("/api/suggest", json={"answer": {"text": ""}}).status_code == 422


def test_a_citation_is_read_in_its_document(http: httpx.Client) -> None:
    [citation] = ask(http, FINE)["citations"]
    document = http.get(f"/api/documents/{citation['document_id']}").json()
    link = f"/api/citations/{citation['target']}"
    assert http.get(link).json()["text"] == citation["quote"]
    sentence = http.get(f"{link}/sentence").json()
    assert (sentence["sentence"], sentence["cited"], sentence["state"]) == (
        citation["quote"],
        citation["quote"],
        "same",
    )
    assert f"{sentence['before']}{sentence['sentence']}" in document["text"].replace("\n", "")
    view = http.get(f"{link}/reading").json()
    text = view["paragraphs"][view["paragraph"] - view["first"]]["text"]
    assert text[view["mark"]["start"] : view["mark"]["end"]] == citation["quote"]
    assert len(view["paragraphs"]) == view["total"] == len(document["paragraphs"])
    assert http.get("/api/citations/x/reading").status_code == 422


def test_what_the_documents_do_not_say_is_refused(http: httpx.Client) -> None:
    answer = ask(http, UNKNOWN)
    assert answer["abstained"]
    assert answer["citations"] == answer["sentences"] == []
    assert "[1]" not in answer["text"]
    assert answer["nearest"] == []  # nothing of a space probe is near


def test_the_command_line_prints_the_same_answer(http: httpx.Client, home: Path) -> None:
    for question in (FINE, UNKNOWN):
        printed = subprocess.run(
            [sys.executable, "-m", "bot", "ask", question, "--json", "--home", str(home)],
            cwd=ROOT, env=environment(), capture_output=True, check=True,
        ).stdout  # fmt: skip
        assert untimed(json.loads(printed)) == untimed(ask(http, question))


def test_gradio_client_gets_the_same_answer_and_hits(server: Running, http: httpx.Client, tmp_path: Path) -> None:
    client = Client(server.url, verbose=False, analytics_enabled=False, download_files=str(tmp_path))
    assert untimed(client.predict(FINE, api_name="/ask")) == untimed(ask(http, FINE))
    hits = http.post("/api/search", json={"query": FINE, "limit": 3}).json()
    assert client.predict(FINE, 3, api_name="/search") == hits
    assert client.predict(api_name="/documents") == http.get("/api/documents").json()


def test_gradio_client_finds_stable_names_and_types(server: Running, tmp_path: Path) -> None:
    client = Client(server.url, verbose=False, analytics_enabled=False, download_files=str(tmp_path))
    described: Any = client.view_api(return_format="dict", print_info=False)
    texts, text = "None | list[str]", "None | str"
    assert {
        name: [
            (given["parameter_name"], given["python_type"]["type"], given["parameter_default"])
            for given in endpoint["parameters"]
        ]
        for name, endpoint in described["named_endpoints"].items()
    } == {
        "/ask": [
            *(("question", "str", None), ("history", "None | list[list[str]]", None)),
            *(("documents", texts, None), ("collection", text, None), ("mode", text, None)),
        ],
        "/search": [
            ("query", "str", None),
            ("limit", "int", 10),
            ("documents", texts, None),
            ("collection", text, None),
        ],
        "/documents": [("collection", text, None)],
    }
    assert [endpoint["returns"][0]["python_type"]["type"] for endpoint in described["named_endpoints"].values()] == [
        *("dict(str, Any)", "list[dict(str, Any)]", "list[dict(str, Any)]")
    ]


def test_gradio_client_names_documents_by_path_or_title(server: Running, tmp_path: Path) -> None:
    client = Client(server.url, verbose=False, analytics_enabled=False, download_files=str(tmp_path))
    for name, abstained in (("library.md", False), ("青溪图书馆借阅办法", False), ("garden.txt", True)):
        assert client.predict(FINE, documents=[name], api_name="/ask")["abstained"] is abstained
    with pytest.raises(AppError, match=r"nothing\.txt"):
        client.predict(FINE, documents=["nothing.txt"], api_name="/search")
    with pytest.raises(AppError):
        client.predict("nothing", api_name="/documents")


def test_a_scope_narrows_both(http: httpx.Client) -> None:
    ids = {item["source"]: item["document_id"] for item in http.get("/api/documents").json()}
    hits = http.post("/api/search", json={"query": FINE, "documents": [ids["garden.txt"]]}).json()
    assert {hit["source"] for hit in hits} == {"garden.txt"}
    answer = ask(http, FINE, documents=[ids["library.md"]])
    assert answer["citations"][0]["document_id"] == ids["library.md"]


def test_history_is_taken(http: httpx.Client) -> None:
    answer = ask(http, FINE, history=[["学生读者可以借几册？", "二十册。[1]"]])
    assert answer["question"] == FINE


def test_search_obeys_its_limit_and_orders_by_score(http: httpx.Client) -> None:
    hits = http.post("/api/search", json={"query": "读者借阅图书", "limit": 3}).json()
    assert len(hits) == 3
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_upload_replace_ask_remove(http: httpx.Client) -> None:
    def upload(*files: tuple[str, bytes]) -> httpx.Response:
        return http.post("/api/documents", files=[("files", file) for file in files])

    first = upload(("../../tea.txt", "岩茶要用沸水冲泡。\n".encode("gb18030")), ("empty.txt", b""))
    assert first.status_code == 200
    good, bad = first.json()
    assert (good["status"], good["source"], good["document"]["encoding"]) == ("added", "tea.txt", "GB18030")
    assert (bad["status"], bad["source"], bad["document"]) == ("failed", "empty.txt", None)
    assert bad["error_en"] and bad["error_zh"]
    identity = good["document"]["document_id"]

    second = upload(("tea.txt", "岩茶要用九十五度的水冲泡。\n".encode())).json()[0]
    assert (second["status"], second["document"]["document_id"]) == ("replaced", identity)
    assert upload(("tea.txt", "岩茶要用九十五度的水冲泡。\n".encode())).json()[0]["status"] == "unchanged"
    assert ask(http, "岩茶要用多少度的水冲泡？")["citations"][0]["quote"] == "岩茶要用九十五度的水冲泡。"

    assert http.delete(f"/api/documents/{identity}").status_code == 204
    assert http.get(f"/api/documents/{identity}").status_code == 404
    assert http.delete(f"/api/documents/{identity}").status_code == 404
    assert {item["source"] for item in http.get("/api/documents").json()} == {"library.md", "garden.txt"}


def test_a_file_takes_the_place_of_a_document(http: httpx.Client) -> None:
    def upload(name: str, text: str, **query: str) -> httpx.Response:
        return http.post("/api/documents", files=[("files", (name, text.encode()))], params=query)

    identity = upload("tea.txt", "岩茶要用沸水冲泡。\n").json()[0]["document"]["document_id"]
    report = upload("other.md", "岩茶要用温水冲泡。\n", replace=identity).json()[0]
    assert (report["status"], report["source"]) == ("replaced", "tea.txt")
    assert report["document"]["document_id"] == identity
    assert http.get(f"/api/documents/{identity}").json()["text"] == "岩茶要用温水冲泡。\n"
    assert upload("other.md", "岩茶", replace="none").status_code == 404
    assert http.delete(f"/api/documents/{identity}").status_code == 204


def test_an_upload_of_bad_files_alone_is_refused_and_changes_nothing(http: httpx.Client) -> None:
    before = http.get("/api/documents").json()
    files = [("files", ("garden.txt", b"")), ("files", ("x.txt", bytes(range(256)) * 20))]
    response = http.post("/api/documents", files=files, headers={"Accept-Language": "zh-CN"})
    assert response.status_code == 422
    assert [report["status"] for report in response.json()["reports"]] == ["failed", "failed"]
    assert response.json()["error"] == response.json()["reports"][0]["error_zh"]
    assert http.get("/api/documents").json() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/ask", {"question": " \n"}, 422),
        ("/api/ask", {"question": "问" * 100_000}, 422),
        ("/api/ask", {"question": "问" * 1_000_000}, 413),
        ("/api/ask", {"query": "问"}, 422),
        ("/api/ask", {"question": "问", "history": [["一"]]}, 422),
        ("/api/search", {"query": ""}, 422),
        ("/api/search", {"query": "问", "limit": 0}, 422),
        ("/api/search", {"query": "问", "limit": 10**9}, 422),
        ("/api/documents", {"files": "not a file"}, 415),
        ("/api/ask", {"question": "问", "documents": []}, 422),
        ("/api/ask", {"question": "问", "documents": ["none"]}, 404),
        ("/api/search", {"query": "问", "documents": ["none"]}, 404),
    ],
)
def test_bad_input_gets_one_line(http: httpx.Client, path: str, body: dict[str, Any], status: int) -> None:
    response = http.post(path, json=body)
    assert problem(response, status)


@pytest.mark.parametrize(
    "body", [b'{"question": ', b'"question"', b'{"question": "\\ud800"}', b'{"question": "\xff"}', b""]
)
def test_broken_json_gets_one_line(http: httpx.Client, body: bytes) -> None:
    response = http.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert problem(response)


def test_errors_speak_the_readers_language(http: httpx.Client) -> None:
    english = http.get("/api/documents/none").json()["error"]
    chinese = http.get("/api/documents/none", headers={"Accept-Language": "zh-CN,en;q=0.8"}).json()["error"]
    assert english.isascii() and not chinese.isascii()


def test_too_large_a_file_is_refused_with_its_line(http: httpx.Client) -> None:
    response = http.post("/api/documents", files={"files": ("big.txt", "大".encode() * 400_000)})
    assert response.status_code == 422
    assert "1 MB" in response.json()["error"]


def test_too_large_an_upload_is_refused_whatever_it_declares(http: httpx.Client) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=files; filename=big.txt\r\n\r\n" + b"a" * 5_000_000
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    declared = http.post("/api/documents", content=body, headers=kind)
    chunked = http.post("/api/documents", content=iter([body]), headers=kind)
    assert (declared.status_code, chunked.status_code) == (413, 413)
    assert problem(declared) == problem(chunked) == "The request is over 4 MB; send less at a time."


def test_asking_goes_on_while_documents_change(http: httpx.Client) -> None:
    def change(number: int) -> int:
        files = {"files": (f"note{number}.txt", f"第{number}号仓库存放大米。\n".encode())}
        identity = http.post("/api/documents", files=files).json()[0]["document"]["document_id"]
        return http.delete(f"/api/documents/{identity}").status_code

    with ThreadPoolExecutor(6) as pool:
        changed = pool.map(change, range(6))
        answers = pool.map(lambda _: ask(http, FINE)["citations"][0]["quote"], range(12))
        assert set(changed) == {204}
        assert len(set(answers)) == 1


def test_openapi_and_its_page_need_no_other_site(http: httpx.Client) -> None:
    page = http.get("/docs")
    assert page.status_code == 200
    assert "https://" not in page.text and "http://" not in page.text
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert http.get(f"/static-offline-docs/{asset}").status_code == 200
    paths = http.get("/openapi.json").json()["paths"]
    assert {path: sorted(methods) for path, methods in paths.items()} == {
        "/api/ask": ["post"],
        "/api/search": ["post"],
        "/api/starters": ["get"],
        "/api/suggest": ["post"],
        "/api/documents": ["get", "post"],
        "/api/documents/{document_id}": ["delete", "get"],
        "/api/documents/{document_id}/original": ["get"],
        "/api/documents/{document_id}/outline": ["get"],
        "/api/documents/{document_id}/text": ["get"],
        "/api/documents/{document_id}/tags": ["put"],
        "/api/documents/remove": ["post"],
        "/api/documents/tags": ["post"],
        "/api/uploads/{name}": ["get"],
        "/api/settings": ["get", "patch"],
        "/api/collections": ["get"],
        "/api/collections/{name}": ["delete"],
        "/api/folders": ["get", "post"],
        "/api/folders/{name}": ["delete"],
        "/api/folders/{name}/sync": ["post"],
        "/api/documents/{document_id}/pages/{page}": ["get"],
        "/api/citations/{target}": ["get"],
        "/api/citations/{target}/sentence": ["get"],
        "/api/citations/{target}/reading": ["get"],
        "/api/conversations": ["delete", "get", "post"],
        "/api/conversations/{conversation_id}/turns": ["post"],
        "/api/conversations/{conversation_id}/turns/{turn_id}/written": ["post"],
        "/api/jobs": ["get"],
        "/api/jobs/{job_id}": ["delete"],
        "/api/keys": ["get", "post"],
        "/api/keys/{key_id}": ["delete"],
        "/api/settings/writer": ["get", "patch"],
        "/api/settings/writer/look": ["post"],
        "/api/wordings": ["post"],
        "/api/conversations/{conversation_id}/turns/{turn_id}/feedback": ["put"],
        "/healthz": ["get"],
        "/readyz": ["get"],
        "/metrics": ["get"],
        "/api/problems": ["get"],
        "/api/problems/{name}": ["get"],
        "/api/conversations/{conversation_id}": ["delete", "get", "patch"],
        "/api/conversations/{conversation_id}/export": ["get"],
        "/api/marks/{mark_id}": ["delete"],
        "/api/synonyms": ["get", "post"],
        "/api/synonyms/{group_id}": ["delete"],
        "/v1/chat/completions": ["post"],
        "/v1/embeddings": ["post"],
        "/v1/models": ["get"],
        "/v1/models/{model_id}": ["get"],
    }


@pytest.mark.parametrize("path", ["/", "/docs", "/api/documents", "/gradio_api/info", "/nothing"])
def test_every_response_carries_the_security_headers(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/api/documents", "/gradio_api/info", "/gradio_api/queue/data?session_hash=x"])
def test_foreign_hosts_and_origins_are_kept_out(http: httpx.Client, path: str) -> None:
    assert http.get(path, headers={"Host": "rebound.example"}).status_code == 421
    for origin in ("http://other.example", "http://localhost:1", "null"):
        for method in ("GET", "OPTIONS"):
            asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            response = http.request(method, path, headers=asked)
            assert response.status_code == 403
            assert not any(name.startswith("access-control") for name in response.headers)


def test_our_own_page_may_ask(http: httpx.Client, server: Running) -> None:
    assert http.get("/api/documents", headers={"Origin": server.url}).status_code == 200


@pytest.mark.parametrize("url", ["http://1.1.1.1/", "https%3A%2F%2Fexample.com%2F", "HTTPS://1.1.1.1/"])
@pytest.mark.parametrize("route", ["file=", "file/"])
def test_gradio_fetches_no_address_for_anybody(http: httpx.Client, route: str, url: str) -> None:
    response = http.get(f"/gradio_api/{route}{url}")
    assert problem(response, 404)


def test_no_icon_is_drawn_in_a_size_that_somebody_names(http: httpx.Client) -> None:
    """A picture of 12000 x 12000 would stop the server for 15 s and take a gigabyte."""
    assert http.get("/pwa_icon/12000", timeout=2).status_code == 404
    sizes = [icon["src"] for icon in http.get("/manifest.json").json()["icons"]]
    assert sizes == ["/pwa_icon/192", "/pwa_icon/512"]
    assert {http.get(size).headers["content-type"] for size in sizes} == {"image/png"}


def test_gradio_downloads_no_file_that_a_request_names(http: httpx.Client) -> None:
    file = {"path": "https://1.1.1.1/stolen.txt", "meta": {"_type": "gradio.FileData"}}
    joined = http.post("/gradio_api/call/ask", json={"data": [file]})
    assert (joined.status_code, "question" in joined.json()["error"]) == (422, True)
    assert all("stolen" not in item["source"] for item in http.get("/api/documents").json())


def test_a_password_is_asked_everywhere(home: Path, tmp_path: Path) -> None:
    def basic(password: str) -> dict[str, str]:
        return {"Authorization": "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()}

    with running(home, YOUJU_PASSWORD="芝麻 open") as server, server.client() as http:
        for path in ("/", "/docs", "/openapi.json", "/api/documents", "/config", "/gradio_api/info"):
            refused = http.get(path)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"].startswith("Basic ")
            assert http.get(path, headers=basic("sesame")).status_code == 401
            assert http.get(path, headers={"Authorization": "Basic %"}).status_code == 401
            assert http.get(path, headers=basic("芝麻 open")).status_code == 200
        client = Client(
            server.url, headers=basic("芝麻 open"), verbose=False, analytics_enabled=False, download_files=str(tmp_path)
        )
        assert client.predict("340 kinds of what?", 1, api_name="/search")[0]["text"] in GARDEN
        assert "340" in client.predict("340 kinds of what?", api_name="/ask")["text"]
        assert [found["source"] for found in client.predict(api_name="/documents")] == ["garden.txt", "library.md"]
