"""Which server is meant, whether it is this machine, and what is said of it before anything is sent."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.storage.preferences import WriterChoice
from bot.types import WriterError
from bot.writing.chosen import KEY_FILE, key_of, server_of, writer_settings


@pytest.mark.parametrize(
    ("given", "url", "host", "here"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1", "127.0.0.1:11434", True),
        ("http://localhost:11434", "http://localhost:11434/v1", "localhost:11434", True),
        ("http://[::1]:8080/v1/", "http://[::1]:8080/v1", "[::1]:8080", True),
        ("http://127.1.2.3/v1", "http://127.1.2.3/v1", "127.1.2.3", True),
        ("https://api.example.com", "https://api.example.com/v1", "api.example.com", False),
        ("http://192.168.1.7:8000/v1", "http://192.168.1.7:8000/v1", "192.168.1.7:8000", False),
        ("http://localhost.example.com/v1", "http://localhost.example.com/v1", "localhost.example.com", False),
        ("http://foo.localhost/v1", "http://foo.localhost/v1", "foo.localhost", False),
        ("https://api.example.com./compatible/v1", "https://api.example.com/compatible/v1", "api.example.com", False),
    ],
)
def test_an_address(given: str, url: str, host: str, here: bool) -> None:
    server = server_of(given)
    assert (server.url, server.host, server.here) == (url, host, here)


@pytest.mark.parametrize(
    "given",
    [
        *("", "localhost:11434", "ftp://a.example/v1", "file:///etc/passwd", "http://", "http:///v1"),
        *("http://user:secret@a.example/v1", "http://a.example/v1?x=1", "http://a.example/v1#x", "http://a b/v1"),
        *("http://169.254.169.254/v1", "http://[::ffff:169.254.169.254]/v1", "http://[fe80::1]/v1", "http://0.0.0.0/"),
        *("http://2852039166/v1", "http://0xa9fea9fe/v1", "http://a.example:99999/v1", "http://中.example/v1"),
        *("http://a.example/" + "a" * 600, "http://a.example/\n"),
    ],
)
def test_no_address(given: str) -> None:
    with pytest.raises(WriterError) as raised:
        server_of(given)
    assert "secret" not in raised.value.en + raised.value.zh


def test_what_leaves_the_machine_is_said() -> None:
    en, zh = server_of("https://api.example.com/v1").leaves(9)
    assert "at most 9 quotes" in en and "sent to api.example.com" in en
    assert zh == "问题和最多 9 句引文（概括一篇文档时，每部分最多 8 句）会发到 api.example.com，文档全文不会发出。"
    assert "未加密" in server_of("http://api.example.com/v1").leaves()[1]
    assert "本机的 127.0.0.1:8080" in server_of("http://127.0.0.1:8080").leaves()[1]
    assert "未加密" not in server_of("http://127.0.0.1:8080").leaves()[1]


def test_what_is_named_at_the_start_comes_first(tmp_path: Path) -> None:
    choice = WriterChoice(url="http://b.example/v1", model="b", mode="points")
    chosen = writer_settings(Settings(home=tmp_path), choice)
    assert (chosen.server and chosen.server.host, chosen.model, chosen.mode, chosen.fixed) == (
        "b.example", "b", "points", False,
    )  # fmt: skip
    named = writer_settings(Settings(home=tmp_path, llm="http://a.example", llm_model="a"), choice)
    assert (named.server and named.server.host, named.model, named.fixed) == ("a.example", "a", True)
    nothing = writer_settings(Settings(home=tmp_path), WriterChoice(mode="points"))
    assert (nothing.server, nothing.model, nothing.mode) == (None, "", "quotes")
    with pytest.raises(WriterError):
        writer_settings(Settings(home=tmp_path, llm="http://a.example"), choice)


def test_the_key(tmp_path: Path) -> None:
    assert key_of(Settings(home=tmp_path)) is None
    (tmp_path / KEY_FILE).write_text("sk-home\nmore\n", encoding="utf-8")
    assert key_of(Settings(home=tmp_path)) == "sk-home"
    file = tmp_path / "elsewhere"
    with pytest.raises(WriterError):
        key_of(Settings(home=tmp_path, llm_key_file=file))
    file.write_text(" sk-file \n", encoding="utf-8")
    assert key_of(Settings(home=tmp_path, llm_key_file=file)) == "sk-file"
    assert key_of(Settings(home=tmp_path, llm_key_file=file, llm_key=SecretStr("sk-env"))) == "sk-env"
    with pytest.raises(WriterError) as raised:
        key_of(Settings(home=tmp_path, llm_key=SecretStr("钥匙")))
    assert "钥匙" not in raised.value.zh
    assert "sk-env" not in repr(Settings(home=tmp_path, llm_key=SecretStr("sk-env")))
