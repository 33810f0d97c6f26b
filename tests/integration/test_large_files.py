"""How far one large file is: told while it is added, uploaded, or read in a folder that is kept in step."""

from collections import deque
from pathlib import Path

from fastapi.testclient import TestClient

from bot.folders.reports import Going
from bot.web.api import create_app
from tests.parts import OpenBot

LINES = 5000
TEXT = "\n".join(f"第{number}号物资存放在{number % 7}号仓库。" for number in range(LINES))
STORED = [(2000, LINES, "store"), (4000, LINES, "store")]
INDEXED = [(2048, LINES, "embed"), (4096, LINES, "embed"), (LINES, LINES, "embed")]


def test_passages_are_told_while_a_file_is_added(open_bot: OpenBot, tmp_path: Path) -> None:
    bot = open_bot()
    (tmp_path / "物资.txt").write_text(TEXT, encoding="utf-8")
    told: list[tuple[int, int, str]] = []
    bot.add(tmp_path / "物资.txt", lambda *step: told.append(step))
    assert [step for step in told if step[2] != "read"] == STORED + INDEXED
    assert len(told) < 10  # no flood


def test_an_upload_is_asked_after_by_its_name(open_bot: OpenBot) -> None:
    bot = open_bot()
    with TestClient(create_app(bot), base_url="http://127.0.0.1") as http:
        assert http.get("/api/uploads/a1").json() is None
        asked: deque[object] = deque()

        def upload_many(files: object, replace: object, progress: object, *, password: str = "") -> list[object]:
            progress(3000, LINES, "embed")  # type: ignore[operator]
            asked.append(http.get("/api/uploads/a1").json())
            asked.append(http.get("/api/uploads/b2").json())
            return real(files, replace, password=password)  # type: ignore[arg-type, return-value]

        real, bot.upload_many = bot.upload_many, upload_many  # type: ignore[method-assign, assignment]
        sent = [("files", ("物资.txt", TEXT.encode()))]
        assert http.post("/api/documents", files=sent, data={"upload": "a1"}).json()[0]["status"] == "added"
        assert list(asked) == [{"done": 3000, "total": LINES, "of": "indexed"}, None]
        assert http.get("/api/uploads/a1").json() is None  # done
        assert http.post("/api/documents", files=sent, data={"upload": "x" * 41}).status_code == 422


def test_passages_are_told_while_a_folder_is_brought_into_step(open_bot: OpenBot, tmp_path: Path) -> None:
    bot, root = open_bot(), tmp_path / "资料"
    root.mkdir()
    (root / "物资.txt").write_text(TEXT, encoding="utf-8")
    name = bot.folders.keep(root).name
    seen: list[Going | None] = []
    bot.folders.sync(name, lambda *step: seen.append(bot.folders.all()[0].going))
    of_passages = [going for going in seen if going is not None and going.of != "files"]
    assert [(going.done, going.total, going.of) for going in of_passages] == [
        (2000, LINES, "kept"), (4000, LINES, "kept"),
        (2048, LINES, "indexed"), (4096, LINES, "indexed"), (LINES, LINES, "indexed"),
    ]  # fmt: skip
    assert bot.folders.all()[0].going is None
