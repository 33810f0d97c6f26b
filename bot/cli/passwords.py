"""The password that a server asks for: typed at its start, from a file, or from the environment.

Never as the command line's own word: whoever uses the machine sees that in the list of processes.
"""

import argparse
import getpass
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.types import ServerError

Ask = Callable[[str], str]
_MOST_BYTES = 1000


class NoWord(argparse.Action):
    """An option that takes no value, and says why without repeating the one that it was given."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:  # fmt: skip
        """Note that the option is there."""
        if values is not None:
            zh = getattr(parser, "language", "en") == "zh"
            parser.error(
                "命令行里的密码会被本机其他用户看到：请只写 --password 然后输入，或用 --password-file、YOUJU_PASSWORD"
                if zh
                else "a password on the command line is seen by others on this machine; give --password alone and type "
                "it, or use --password-file or YOUJU_PASSWORD"
            )
        setattr(namespace, self.dest, True)


def password_of(args: argparse.Namespace, settings: Settings, ask: Ask = getpass.getpass) -> str | None:
    """Return the password to ask from everybody; None where none is given.

    Raises:
        ServerError: the one that is given is none.
    """
    if args.password:
        typed = ask("密码：" if args.language == "zh" else "Password: ")
        return _proper(typed, "What was typed", "输入的内容")
    if args.password_file is not None:
        return _proper(_first_line(args.password_file), str(args.password_file), str(args.password_file))
    return None if settings.password is None else settings.password.get_secret_value()


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
        return data.decode("utf-8-sig").partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise ServerError(
            f"The password's file {path} cannot be read ({error.strerror}): check its name and permissions.",
            f"密码文件 {path} 无法读取（{error.strerror}）：请检查文件名和权限。",
        ) from error
    except UnicodeError:
        raise ServerError(
            f"The password's file {path} is no text: write the password into its first line, in UTF-8.",
            f"密码文件 {path} 不是文本：请把密码写在第一行，用 UTF-8 编码。",
        ) from None


def _proper(password: str, en: str, zh: str) -> str:
    if not password.strip():
        raise ServerError(f"{en}: no password in it; choose a long one.", f"{zh}：没有密码；请用一个长的。")
    return password
