"""What watches over the server: its health, its figures, its log."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.integration.serving import ROOT, environment, make_home, running

FINE = "图书逾期未还每天收取多少滞纳金？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


def figures(client: httpx.Client) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    rows = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in rows}


def test_questions_and_requests_are_counted(home: Path) -> None:
    with running(home) as server, server.client() as client:
        assert client.get("/healthz").json() == {"status": "alive"}
        answer = client.post("/api/ask", json={"question": FINE}).json()
        client.post("/api/ask", json={"question": "火星探测器的发射质量是多少吨？"})
        client.get("/api/documents/nothing")
        client.get("/nowhere")
        counted = figures(client)
    assert answer["strength"] == "direct"
    assert counted['youju_questions_total{strength="direct"}'] == 1
    assert counted['youju_answer_seconds_count{stage="total"}'] == 2
    assert counted['youju_http_requests_total{method="POST",route="/api/ask",status="200"}'] == 2
    assert counted['youju_http_requests_total{method="GET",route="/api/documents/{document_id}",status="404"}'] == 1
    assert counted['youju_http_requests_total{method="GET",route="other",status="404"}'] == 1
    assert counted["youju_documents"] == 2
    assert counted["youju_questions_waiting"] == 0


def test_what_lives_is_told_to_who_has_no_password_and_nothing_else(home: Path) -> None:
    with running(home, YOUJU_PASSWORD="open sesame") as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code in (200, 503)
        assert client.get("/metrics").status_code == 401
        assert client.get("/healthz/").status_code == 401
        assert client.post("/healthz").status_code == 401


def test_the_log_is_json_and_holds_no_question(home: Path) -> None:
    command = [sys.executable, "-m", "bot", "--home", str(home), "serve", "--port", "0"]
    log = home.parent / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment(YOUJU_LOG="requests")
        ) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().split("http://")[1].split()[0]
        with httpx.Client(base_url=f"http://{address}", timeout=60) as client:
            asked = client.post("/api/ask", json={"question": FINE}, headers={"X-Request-ID": "from-a-proxy.7"})
            bad = client.get("/api/documents", headers={"X-Request-ID": "two words"})
        process.terminate()
    assert asked.headers["x-request-id"] == "from-a-proxy.7"
    assert len(bad.headers["x-request-id"]) == 32
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(one["request"], one["route"], one["status"]) for one in lines] == [
        ("from-a-proxy.7", "/api/ask", 200),
        (bad.headers["x-request-id"], "/api/documents", 200),
    ]
    assert "滞纳金" not in log.read_text(encoding="utf-8")
