"""Which model writes, where it stands, and what would leave this machine: of the settings and of the home's choice."""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.storage.preferences import WriterChoice
from bot.types import Mode, Unsupported, WriterError

MOST_QUOTES = 24
"""Quotes that one request holds at most."""
SECTION_QUOTES = 8
"""Of a document that is summarised, the sentences of one section that are sent at most."""
KEY_FILE = "llm-key"
"""In the home: its first line is the key, where the settings name none."""
_LONGEST = 500
_LOCAL = "localhost"
_NAME = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    """A model's server: its ``url``, the ``host`` with its port, whether that is ``here``, and ``secure`` by https."""

    url: str
    host: str
    here: bool
    secure: bool

    def leaves(self, quotes: int = MOST_QUOTES) -> tuple[str, str]:
        """Say in one line what is sent, and to whom; English, Chinese."""
        what_en = (
            f"The question and at most {quotes} quotes (of a document that is summed up, {SECTION_QUOTES} a section)"
        )
        what_zh = f"问题和最多 {quotes} 句引文（概括一篇文档时，每部分最多 {SECTION_QUOTES} 句）"
        if self.here:
            return (
                f"{what_en} are given to {self.host} on this machine; Youju sends them nowhere else.",
                f"{what_zh}只交给本机的 {self.host}，有据不把它们发到别处。",
            )
        open_en, open_zh = ("", "") if self.secure else (" over a connection that is not encrypted", "（连接未加密）")
        return (
            f"{what_en} are sent to {self.host}{open_en}; whole documents never are.",
            f"{what_zh}会发到 {self.host}{open_zh}，文档全文不会发出。",
        )


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """What is in force: ``server`` and ``model`` (None and "": nothing is written), the ``choice`` and the limits.

    ``fixed`` tells that server and model were named where the program was started; then they cannot be chosen.
    ``key`` tells whether there is one: itself it is shown to nobody.
    """

    server: Server | None
    model: str
    choice: WriterChoice
    seconds: int
    tokens: int
    fixed: bool
    key: bool

    @property
    def mode(self) -> Mode:
        """How answers are given that are asked for in no mode."""
        return self.choice.mode if self.server else "quotes"

    @property
    def unsupported(self) -> Unsupported:
        """What is done with a sentence that no quote carries."""
        return self.choice.unsupported


def server_of(url: str) -> Server:
    """Read the address of a server; "/v1" is added where it has no path.

    Raises:
        WriterError: it is no address that can be asked.
    """
    try:
        parts = urlsplit(url.strip())
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise _no_address(url) from None
    wrong = parts.username or parts.password or parts.query or parts.fragment or len(url) > _LONGEST
    if parts.scheme not in ("http", "https") or not name or wrong or not _NAME.fullmatch(name) or not url.isprintable():
        raise _no_address(url)
    address = _address(name)
    odd = address is None and _NUMBER.fullmatch(name.rpartition(".")[2])  # what some resolvers take for an address
    if odd or (address is not None and (address.is_link_local or address.is_multicast or address.is_unspecified)):
        raise _no_address(url)
    shown = f"[{name}]" if ":" in name else name
    host = shown if port is None else f"{shown}:{port}"
    here = name == _LOCAL or (address is not None and address.is_loopback)
    return Server(f"{parts.scheme}://{host}{parts.path.rstrip('/') or '/v1'}", host, here, parts.scheme == "https")


def writer_settings(settings: Settings, choice: WriterChoice) -> WriterSettings:
    """Return what is in force; what the settings name comes before what the home has chosen.

    Raises:
        WriterError: the settings name an address that cannot be asked, or no model with it.
    """
    fixed = bool(settings.llm)
    url, model = (settings.llm, settings.llm_model) if fixed else (choice.url, choice.model)
    if url and not model:
        raise WriterError(
            f"Which model of {url} is to write? Name it with --model or YOUJU_LLM_MODEL.",
            f"由 {url} 的哪个模型来写？请用 --model 或 YOUJU_LLM_MODEL 指定。",
        )
    return WriterSettings(
        server=server_of(url) if url else None, model=model if url else "", choice=choice,
        seconds=settings.llm_seconds, tokens=settings.llm_tokens, fixed=fixed, key=key_of(settings) is not None,
    )  # fmt: skip


def key_of(settings: Settings) -> str | None:
    """Return the key: from the environment, else the first line of its file; None where there is none.

    Raises:
        WriterError: the file that the settings name cannot be read, or the key holds what no header can.
    """
    if settings.llm_key is not None:
        return _checked(settings.llm_key.get_secret_value())
    file = settings.llm_key_file or settings.home.expanduser() / KEY_FILE
    try:
        lines = Path(file).expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        if settings.llm_key_file is None:
            return None
        raise WriterError(
            f"{file} cannot be read: name a file whose first line is the model's key.",
            f"{file} 无法读取：请指定一个文件，其第一行是模型的密钥。",
        ) from error
    return _checked(lines[0]) if lines else None


def _checked(key: str) -> str | None:
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise WriterError(
            "The model's key holds characters that no key has: copy it again.", "模型密钥里有不该有的字符：请重新复制。"
        )
    return key or None


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _no_address(url: str) -> WriterError:
    shown = url if url.isprintable() and "@" not in url else "…"
    return WriterError(
        f"{shown[:_LONGEST]!r} is no address of a model's server: it is http:// or https://, a host, a port, a path, "
        "as http://127.0.0.1:11434/v1; a key is given apart.",
        f"“{shown[:_LONGEST]}”不是模型服务的地址：应为 http:// 或 https:// 加主机、端口和路径，"
        "如 http://127.0.0.1:11434/v1；密钥另外给出。",
    )
