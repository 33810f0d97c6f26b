"""Keys and passwords from the command line, and what a server asks for where others can reach it."""

import argparse
import json
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.cli.passwords import password_of
from bot.settings import Settings
from bot.types import ServerError
from bot.web.server import near_addresses
from tests.integration.serving import make_home, running

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("YOUJU_SEEDS", "")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as leave:
            code = int(leave.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_keys_are_made_listed_and_revoked(run: Run) -> None:
    code, out, err = run("keys", "new", "Open WebUI", "--role", "editor", "--days", "30")
    assert (code, err) == (0, "")
    line, secret = out.splitlines()
    assert re.fullmatch(r"[0-9a-f]{8}  editor  Open WebUI  last used: not used yet  expires \d{4}-\d\d-\d\d", line)
    assert re.fullmatch(r"youju-[0-9a-f]{8}-[\w-]{43}  \(keep it now, it is not shown again\)", secret)
    made = json.loads(run("keys", "new", "阅览室", "--json")[1])
    assert (made["role"], made["name"], made["expires_at"]) == ("reader", "阅览室", None)
    listed = run("keys")[1]
    assert run("keys", "list")[1] == listed and listed.count("\n") == 2 and "youju-" not in listed
    assert "不过期" in run("--lang", "zh", "keys", "list")[1]
    assert {key["name"] for key in json.loads(run("keys", "list", "--json")[1])} == {"Open WebUI", "阅览室"}
    assert run("keys", "revoke", made["key_id"])[1].startswith(f"revoked: {made['key_id']}")
    assert run("keys", "list")[1].count("\n") == 1
    code, out, err = run("keys", "revoke", "nothing")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert run("keys", "new", "x", "--role", "king")[0] == 2


def options(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**{"password": False, "password_file": None, "language": "en", **given})


def test_where_the_password_comes_from(tmp_path: Path) -> None:
    settings = Settings(password="of the environment")  # type: ignore[arg-type]
    file = tmp_path / "password"
    file.write_bytes("芝麻 open\r\nand more".encode())
    assert password_of(options(), Settings()) is None
    assert password_of(options(), settings) == "of the environment"
    assert password_of(options(password_file=file), settings) == "芝麻 open"
    assert password_of(options(password=True, password_file=file), settings, lambda prompt: "typed") == "typed"
    assert "of the environment" not in repr(settings)


@pytest.mark.parametrize("data", [b"", b"\n", b"  \nx", b"\xff\xfe\xff"])
def test_a_file_without_a_password(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "password").write_bytes(data)
    with pytest.raises(ServerError):
        password_of(options(password_file=tmp_path / "password"), Settings())
    with pytest.raises(ServerError, match="cannot be read"):
        password_of(options(password_file=tmp_path / "none"), Settings())
    with pytest.raises(ServerError, match="no password"):
        password_of(options(password=True), Settings(), lambda prompt: "")


@pytest.mark.parametrize("arguments", [("--password", "open sesame"), ("--password=open sesame",)])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("serve", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "YOUJU_PASSWORD" in err and "sesame" not in err
    assert "YOUJU_PASSWORD" in run("--lang", "zh", "serve", *arguments)[2]


def test_a_server_for_the_network_makes_a_password_and_tells_it_with_its_address(tmp_path: Path) -> None:
    with running(make_home(tmp_path), "--lan") as server, server.client() as http:
        told = server.line()
        port = server.url.rpartition(":")[2]
        for address in near_addresses("0.0.0.0"):
            assert told == f"In the same network: http://{address}:{port}\n"
            told = server.line()
        found = re.match(r"Password: (\S{16,})  ", told)
        assert found
        assert http.get("/api/documents").status_code == 401
        assert http.get("/api/documents", auth=("x", found[1])).status_code == 200
        server.process.send_signal(signal.SIGTERM)


def test_where_there_is_a_key_no_password_is_made(tmp_path: Path, run: Run) -> None:
    home = make_home(tmp_path / "home")
    secret = json.loads(run("keys", "new", "x", "--json")[1])["secret"]
    with running(home, "--allow-host", "docs.example.org") as server, server.client() as http:
        assert http.get("/api/documents").status_code == 401
        bearer = {"Authorization": f"Bearer {secret}", "Host": "docs.example.org"}
        assert http.get("/api/documents", headers=bearer).status_code == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.line() == "Stopped.\n"


def test_addresses_of_this_machine_in_the_network() -> None:
    for host in ("127.0.0.1", "localhost", "192.168.1.20"):
        assert near_addresses(host) == []
    assert all(re.fullmatch(r"[\d.]+", address) and address != "127.0.0.1" for address in near_addresses("0.0.0.0"))
