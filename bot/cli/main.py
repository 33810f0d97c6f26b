"""The command line: ``python -m bot serve | add | sync | folders | remove | list | search | ask | …``; see ``parser``.

Exit codes: 0 done (a refusal is an answer too), 1 an error that a person can act on (one line on standard error),
2 wrong usage, 130 interrupted. With ``--json`` standard output holds one JSON value and nothing else.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, get_args

from bot.cli import commands, folders, keys, moving, working
from bot.cli.passwords import NoWord
from bot.cli.terminal import plain
from bot.cli.working import LEASE
from bot.storage.keys import ROLES
from bot.types import Language, Mode, YoujuError

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(arguments)
    args = parser(language).parse_args(arguments)
    args.language = language
    command: Command = args.command
    try:
        code = command(args)
        sys.stdout.flush()
    except YoujuError as error:
        sys.stderr.write(plain(error.message(language)) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _language(arguments: Sequence[str]) -> Language:
    """Return the language of help and messages: ``--lang``, else the environment's."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--lang")
    asked = first.parse_known_args(arguments)[0].lang
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if (asked or locale).lower().startswith("zh") else "en"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    language: Language = "en"

    def error(self, message: str) -> NoReturn:
        wrong, see = ("参数不对：", "。请看") if self.language == "zh" else ("Wrong usage: ", ". See")
        self.exit(2, f"{wrong}{message}{see} {self.prog} --help\n")


def parser(language: Language) -> argparse.ArgumentParser:
    """Build the parser of all commands, with help in ``language``."""

    def say(en: str, zh: str) -> str:
        return zh if language == "zh" else en

    def common(default: Any) -> _Parser:
        options = _Parser(add_help=False)
        add = options.add_argument
        add("--home", type=Path, default=default, help=say("folder that holds everything the bot knows", "数据文件夹"))
        add("--encoder", default=default, help=say("'builtin', a folder, or a model's name", "builtin、文件夹或模型名"))
        add("--lang", choices=("zh", "en"), default=default, help=say("language of messages", "提示语言"))
        return options

    _Parser.language = language
    top = _Parser(prog="python -m bot", parents=[common(None)], description=say(
        "Answers from your own documents, every sentence with its place in the original.",
        "用你自己的文档回答问题，每句话都标明原文出处。"))  # fmt: skip
    subparsers = top.add_subparsers(required=True, metavar=say("command", "命令"))
    # The common options are taken behind the command too; what is not given there keeps its value from before it.
    inherited = common(argparse.SUPPRESS)

    def command(name: str, run: Command, en: str, zh: str) -> argparse.ArgumentParser:
        text = say(en, zh)
        made: argparse.ArgumentParser = subparsers.add_parser(name, parents=[inherited], help=text, description=text)
        made.set_defaults(command=run)
        if name not in ("serve", "mcp", "remove", "work"):
            made.add_argument("--json", action="store_true", help=say("print JSON", "输出 JSON"))
        _scope_options(made, name, say)
        return made

    _serve_options(command, say)
    add = command("add", commands.add, "add or replace files and folders", "添加或替换文件、文件夹")
    add.add_argument("paths", nargs="+", type=Path, metavar=say("PATH", "路径"))
    add.add_argument("--password", default="", help=say("opens files that are locked", "打开加密文件的密码"))
    encoding = say("how files of text are written, where that is misread", "文本文件的编码（读错时指定，如 gb18030）")
    add.add_argument("--encoding", default="", metavar=say("NAME", "名称"), help=encoding)
    waits = say(
        "leave reading to workers (work), and return at once",
        "交给读取进程（work），立即返回",
    )
    add.add_argument("--queue", action="store_true", help=waits)
    _worker_options(command, say)
    _folder_options(command, inherited, say)
    remove = command("remove", commands.remove, "remove documents by id", "按编号移除文档")
    remove.add_argument("ids", nargs="+", metavar="ID")
    command("list", commands.list_documents, "list the documents", "列出文档")
    _asking_options(command, say)
    command(
        "eval", commands.evaluate, "measure on a folder in BEIR's layout", "在 BEIR 格式的评测集上测量"
    ).add_argument("folder", type=Path, metavar=say("FOLDER", "文件夹"))
    feedback = command("feedback", commands.list_feedback, "what people thought of answers", "对回答的评价")
    _feedback_options(feedback, inherited, say)
    synonyms = command("synonyms", commands.list_synonyms, "terms that mean the same", "同义词、简称")
    _synonym_options(synonyms, inherited, say)
    _key_options(command, inherited, say)
    _backup_options(command, say)
    command("doctor", commands.doctor, "check home, database, indexes, encoder", "检查数据、索引和编码器")
    return top


def _worker_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser], say: Callable[[str, str], str]
) -> None:
    work = command("work", working.work, "read files that were queued", "读取排队的文件")
    work.add_argument("--once", action="store_true", help=say("end when none waits", "没有等待的文件时结束"))
    lease = say(f"seconds after which the file of a worker that is no more is read by another ({LEASE})",
                f"读取进程中断多少秒后由另一进程接手（{LEASE}）")  # fmt: skip
    work.add_argument("--lease", type=_positive, default=LEASE, metavar="N", help=lease)


def _asking_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser], say: Callable[[str, str], str]
) -> None:
    search = command("search", commands.search, "find passages", "查找段落")
    search.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help=say("how many passages (10)", "段落数（10）")
    )
    search.add_argument(
        "--read", action="store_true", help=say("read the best in context first", "先联系上下文重读最相近的段落")
    )
    ask = command("ask", commands.ask, "ask a question", "提问")
    written = say("how to answer; all but quotes are written by a model", "回答方式；除 quotes 外由模型来写")
    ask.add_argument("--written", choices=get_args(Mode), help=written)
    _model_options(ask, say)


def _model_options(command: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    """Add what names a model that writes; its key never stands on a command line, which others can read."""
    address = say("server of a model that writes, as OpenAI's", "写作模型的服务地址（OpenAI 接口）")
    command.add_argument("--llm", metavar="URL", help=address)
    command.add_argument("--model", dest="llm_model", metavar=say("NAME", "名称"), help=say("its name", "模型名称"))
    file = say("file whose first line is its key", "第一行是模型密钥的文件")
    command.add_argument("--llm-key-file", type=Path, metavar=say("FILE", "文件"), help=file)


def _scope_options(made: argparse.ArgumentParser, name: str, say: Callable[[str, str], str]) -> None:
    """Add the question of a command that has one, and what narrows the documents that it looks in."""
    if name in ("search", "ask"):
        made.add_argument("words", nargs="+", metavar=say("QUESTION", "问题"))
        only = say("look in this document only (repeatable)", "只在该文档中查找（可重复）")
        made.add_argument("--document", action="append", metavar="ID", help=only)
    if name in ("search", "ask", "list"):
        within = say("look in this folder, or in what has this tag", "只在该文件夹或带该标签的文档中查找")
        made.add_argument("--in", dest="collection", metavar=say("NAME", "名称"), help=within)


def _folder_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser],
    inherited: argparse.ArgumentParser,
    say: Callable[[str, str], str],
) -> None:
    name = say("NAME", "名称")
    sync = command("sync", folders.sync, "bring folders into step, all that are kept so or these", "同步文件夹")
    sync.add_argument("folders", nargs="*", type=Path, metavar=say("FOLDER", "文件夹"))
    sync.add_argument("--name", metavar=name, help=say("what the folder is called as a collection", "作为集合的名称"))
    for of, lists, removes, en, zh in (
        ("folders", folders.list_folders, folders.remove_folders, "folders that are kept in step", "同步的文件夹"),
        ("collections", folders.list_collections, folders.remove_collections, "folders and tags", "文件夹和标签"),
    ):
        actions = command(of, lists, en, zh).add_subparsers(metavar="list | remove")
        for action, run, en_action, zh_action in (
            ("list", lists, "list them; so does no word at all", "列出（默认）"),
            ("remove", removes, "remove them with their documents", "移除，连同其中的文档"),
        ):
            text = say(en_action, zh_action)
            made = actions.add_parser(action, parents=[inherited], help=text, description=text)
            made.set_defaults(command=run)
            made.add_argument(
                "--json", action="store_true", default=argparse.SUPPRESS, help=say("print JSON", "输出 JSON")
            )
            if action == "remove":
                made.add_argument("names", nargs="+", metavar=name)
            if action == "remove" and of == "folders":
                made.add_argument("--keep", action="store_true", help=say("keep the documents", "保留文档"))
    tag = command("tag", folders.tag, "give a document tags, in place of those it has", "为文档设置标签")
    tag.add_argument("id", metavar="ID")
    tag.add_argument("tags", nargs="*", metavar=say("TAG", "标签"))


def _key_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser],
    inherited: argparse.ArgumentParser,
    say: Callable[[str, str], str],
) -> None:
    listing = command("keys", keys.list_keys, "keys that let people and programs in", "访问密钥")
    actions = listing.add_subparsers(metavar="new | list | revoke")
    for action, run, en, zh in (
        ("new", keys.new_key, "make a key; it is shown once", "新建密钥（只显示一次）"),
        ("list", keys.list_keys, "list them; so does no word at all", "列出（默认）"),
        ("revoke", keys.revoke_keys, "revoke keys by id", "按编号撤销"),
    ):
        text = say(en, zh)
        made = actions.add_parser(action, parents=[inherited], help=text, description=text)
        made.set_defaults(command=run)
        json_help = say("print JSON", "输出 JSON")
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=json_help)
        if action == "new":
            made.add_argument("name", metavar=say("NAME", "名称"))
            roles = say("reader asks, editor adds and removes too, owner may do all", "只提问、可增删、全部")
            made.add_argument("--role", choices=ROLES, default="reader", help=roles)
            made.add_argument("--days", type=int, metavar="N", help=say("good for so many days", "有效天数"))
        if action == "revoke":
            made.add_argument("ids", nargs="+", metavar="ID")


def _backup_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser], say: Callable[[str, str], str]
) -> None:
    keep = command("backup", commands.back_up, "write all that is kept to one file", "把全部内容备份到一个文件")
    keep.add_argument("file", type=Path, metavar=say("FILE", "文件"))
    bring = command("restore", commands.restore, "bring a backup back", "从备份恢复")
    bring.add_argument("file", type=Path, metavar=say("FILE", "文件"))
    bring.add_argument("--force", action="store_true", help=say("replace what is there", "替换已有的内容"))
    go = command(
        "move", moving.move, "move all that is kept to PostgreSQL, or back", "把全部内容移到 PostgreSQL 或移回"
    )
    where = say("postgresql://USER@HOST/DATABASE, or a new folder", "postgresql://用户@主机/数据库，或一个新文件夹")
    go.add_argument("--to", required=True, metavar=say("PLACE", "位置"), help=where)


def _feedback_options(
    feedback: argparse.ArgumentParser, inherited: argparse.ArgumentParser, say: Callable[[str, str], str]
) -> None:
    actions = feedback.add_subparsers(metavar="list | export")
    for name, run, en, zh in (
        ("list", commands.list_feedback, "list the ratings; so does no word at all", "列出评价（默认）"),
        ("export", commands.export_feedback, "make a folder of them that eval runs", "导出为 eval 可用的评测集"),
    ):
        text = say(en, zh)
        action = actions.add_parser(name, parents=[inherited], help=text, description=text)
        action.set_defaults(command=run)
        json_help = say("print JSON", "输出 JSON")
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=json_help)
        if name == "export":
            action.add_argument("folder", type=Path, metavar=say("FOLDER", "文件夹"))


def _synonym_options(
    synonyms: argparse.ArgumentParser, inherited: argparse.ArgumentParser, say: Callable[[str, str], str]
) -> None:
    actions = synonyms.add_subparsers(metavar="list | add | remove | import | export")
    terms = {"metavar": say("TERM", "词"), "nargs": "+"}
    for name, run, more, en, zh in (
        ("list", commands.list_synonyms, {}, "list the groups; so does no word at all", "列出各组（默认）"),
        ("add", commands.add_synonyms, {"terms": terms}, "terms that mean the same", "添加一组同义词"),
        ("remove", commands.remove_synonyms, {"terms": terms}, "take terms out of their groups", "移除这些词"),
        ("import", commands.import_synonyms, {"file": {"type": Path, "metavar": say("FILE.csv", "文件.csv")}},
         "add a group for each line of a CSV file", "从 CSV 导入，每行一组"),
        ("export", commands.export_synonyms, {}, "print the groups as CSV", "输出为 CSV"),
    ):  # fmt: skip
        text = say(en, zh)
        action = actions.add_parser(name, parents=[inherited], help=text, description=text)
        action.set_defaults(command=run)
        for argument, options in more.items():
            action.add_argument(argument, **options)
        if name != "export":
            json_help = say("print JSON", "输出 JSON")
            action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=json_help)


def _serve_options(
    command: Callable[[str, Command, str, str], argparse.ArgumentParser], say: Callable[[str, str], str]
) -> None:
    mcp = command("mcp", commands.serve_mcp, "serve MCP over standard input and output", "以标准输入输出提供 MCP 服务")
    _model_options(mcp, say)
    mcp.add_argument("--write", action="store_true", help=say("let it add and remove documents", "允许通过它增删文档"))
    serve = command("serve", commands.serve, "serve the web chat and the API", "启动网页和接口")
    add = serve.add_argument
    _model_options(serve, say)
    where = serve.add_mutually_exclusive_group()
    where.add_argument("--host", help=say("address to listen on (127.0.0.1)", "监听地址（127.0.0.1）"))
    where.add_argument(
        "--lan",
        action="store_true",
        help=say("let the same network in, with a password", "让同一网络里的人凭密码访问"),
    )
    add("--port", type=int, help=say("port (7860); 0 takes a free one", "端口（7860），0 表示任选"))
    add("--watch", action="store_true", help=say("follow the folders that are kept in step", "随时跟随同步的文件夹"))
    add("--share", action="store_true", help=say("open a public link with a password", "建立带密码的公开链接"))
    add(
        "--share-write",
        action="store_true",
        help=say("let those who come by the link change documents", "允许通过链接来的人增删文档"),
    )
    add("--mcp-write", action="store_true", help=say("let MCP add and remove documents", "允许通过 MCP 增删文档"))
    typed = say("ask everybody for a password, which you type at the start", "访问需要密码，启动时输入")
    add("--password", action=NoWord, nargs="?", default=False, metavar="", help=typed)
    file = say("the same, from the first line of a file", "同上，密码取自文件第一行")
    add("--password-file", type=Path, metavar=say("FILE", "文件"), help=file)
    add("--allow-host", action="append", default=[], metavar="NAME",
        help=say("serve under this host name too (repeatable)", "也以此主机名提供服务（可重复）"))  # fmt: skip


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number
