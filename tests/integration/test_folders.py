"""Folders kept in step from the command line and over HTTP."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import Bot, Settings
from bot.cli.main import main
from bot.web.api import create_app
from bot.web.guard import Access
from tests.integration.serving import GARDEN, MANUAL, wait_for
from tests.parts import OpenBot

Run = Callable[..., tuple[int, str, str]]
FINE = "图书逾期未还每天收取多少滞纳金？"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "资料"
    (root / "in").mkdir(parents=True)
    (root / "library.md").write_text(MANUAL, encoding="utf-8")
    (root / "in" / "garden.txt").write_text(GARDEN, encoding="utf-8")
    return root


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    Bot.open(settings=Settings(home=tmp_path / "home", seeds=None)).close()
    monkeypatch.setenv("YOUJU_SEEDS", str(tmp_path / "none"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_sync_list_ask_and_remove_by_command(run: Run, root: Path) -> None:
    (root / "bad.txt").write_bytes(bytes(range(256)))
    code, out, err = run("sync", str(root))
    assert (code, out) == (1, "资料: unchanged 0, added 2, changed 0, moved 0, removed 0, failed 1\n")
    assert err.startswith("资料/bad.txt: ") and err.count("\n") == 1
    (root / "bad.txt").unlink()
    assert run("sync") == (0, "资料: unchanged 2, added 0, changed 0, moved 0, removed 1\n", "")
    code, out, _ = run("folders")
    assert code == 0 and out.startswith(f"资料  {root}  (2 files, 20")
    assert json.loads(run("folders", "list", "--json")[1])[0]["files"] == 2
    assert run("collections")[1] == "资料  (folder, 2 documents)\n"
    assert "二角。[1]" in run("ask", FINE, "--in", "资料")[1]
    assert json.loads(run("ask", FINE, "--in", "资料/in", "--json")[1])["abstained"] is True
    assert run("list", "--in", "资料/in")[1].count("\n") == 1
    assert "资料/in/garden.txt" in run("search", "garden", "--in", "资料/in")[1]
    code, out, err = run("search", "garden", "--in", "none")
    assert (code, out) == (1, "") and err.startswith("There is no collection 'none'")
    assert run("folders", "remove", "资料") == (0, "资料: removed 2 documents\n", "")
    assert (run("list")[1], run("folders")[1]) == ("", "")
    assert (root / "library.md").exists()


def test_tags_by_command(run: Run, root: Path) -> None:
    run("sync", str(root), "--name", "馆")
    identity = json.loads(run("list", "--json", "--in", "馆/in")[1])[0]["document_id"]
    assert run("tag", identity, "重要", "英文")[1] == f"{identity}: 英文, 重要\n"
    assert run("collections")[1] == "馆  (folder, 2 documents)\n英文  (tag, 1 documents)\n重要  (tag, 1 documents)\n"
    assert run("list", "--in", "重要")[1].startswith(identity)
    code, out, err = run("collections", "remove", "馆")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert run("collections", "remove", "重要") == (0, "重要: removed 1 documents\n", "")


def test_a_folder_that_has_gone_is_one_line_and_the_others_are_done(run: Run, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个"
    other.mkdir()
    run("sync", str(root), str(other))
    root.rename(tmp_path / "moved")
    (other / "new.txt").write_text("猫在屋顶。", encoding="utf-8")
    code, out, err = run("--lang", "zh", "sync")
    assert (code, out) == (1, "另一个：未变化 0，新增 1，更新 0，移动 0，移除 0\n")
    assert err.count("\n") == 1 and "没有做任何改动" in err
    assert run("list")[1].count("\n") == 3
    assert run("sync", str(tmp_path / "moved"), "--name", "资料")[1].startswith("资料: unchanged 2, added 0")


def test_two_files_of_one_name_that_are_added_are_two_documents(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "readme.txt").write_text(f"{name} 的说明。", encoding="utf-8")
    for arguments in (["one", "two"], ["one/readme.txt", "two/readme.txt"]):
        assert run("add", *(str(tmp_path / path) for path in arguments))[0] == 0
        assert [item["source"] for item in json.loads(run("list", "--json")[1])] == ["readme.txt", "two/readme.txt"]


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    return open_bot()


@pytest.fixture
def http(bot: Bot) -> Iterator[TestClient]:
    app = create_app(bot, Access(names=["docs.example.org"], password="x"))
    address = ("127.0.0.1", 50_000)
    with TestClient(app, base_url="http://127.0.0.1:7860", client=address, headers={"Accept-Language": "en"}) as http:
        http.auth = ("anyone", "x")
        yield http


def test_folders_over_http(http: TestClient, root: Path) -> None:
    assert http.get("/api/folders").json() == []
    made = http.post("/api/folders", json={"path": str(root)})
    assert (made.status_code, made.json()["name"], made.json()["path"]) == (202, "资料", str(root))
    wait_for(lambda: http.get("/api/folders").json()[0]["synced_at"])
    assert [item["source"] for item in http.get("/api/documents").json()] == ["资料/in/garden.txt", "资料/library.md"]
    (root / "library.md").unlink()
    assert http.post("/api/folders/资料/sync", json={}).status_code == 202
    wait_for(lambda: len(http.get("/api/documents").json()) == 1)
    assert http.get("/api/collections").json() == [
        {"name": "资料", "kind": "folder", "documents": 1, "in_step": True}
    ]  # fmt: skip
    assert http.delete("/api/collections/资料").status_code == 422
    assert http.delete("/api/folders/资料").status_code == 204
    assert (http.get("/api/folders").json(), http.get("/api/documents").json()) == ([], [])
    assert http.post("/api/folders", json={"path": str(root / "none")}).status_code == 422
    assert http.post("/api/folders/none/sync", json={}).status_code == 404
    assert http.delete("/api/folders/none").status_code == 404


def test_only_this_machines_own_browser_names_folders(http: TestClient, root: Path) -> None:
    body = {"path": str(root)}
    for headers in (
        {"Host": "docs.example.org"}, {"X-Forwarded-For": "10.0.0.7"}, {"Forwarded": "for=10.0.0.7"}, {"Via": "1.1 x"}
    ):  # fmt: skip
        for response in (
            http.get("/api/folders", headers=headers),
            http.post("/api/folders", json=body, headers=headers),
            http.delete("/api/folders/x", headers=headers),
        ):
            assert (response.status_code, response.json()["error"][:7]) == (403, "Folders")
    app, address = http.app, ("10.0.0.7", 50_000)
    with TestClient(app, base_url="http://127.0.0.1:7860", client=address) as other:
        other.auth = ("anyone", "x")
        assert other.get("/api/folders").status_code == 403
    assert http.get("/api/folders").json() == []


def test_uploads_keep_their_paths_and_collections_are_asked(http: TestClient, bot: Bot) -> None:
    sent = [("files", (f"{name}/readme.txt", f"{name}的说明：按{name}号按钮。".encode())) for name in ("甲", "乙")]
    reports = http.post("/api/documents", files=sent).json()
    assert [(report["source"], report["status"]) for report in reports] == [
        ("甲/readme.txt", "added"), ("乙/readme.txt", "added")
    ]  # fmt: skip
    for collection in ("甲", "乙"):
        hits = http.post("/api/search", json={"query": "按几号按钮", "collection": collection}).json()
        assert [hit["source"] for hit in hits] == [f"{collection}/readme.txt"]
    identity = reports[0]["document"]["document_id"]
    assert http.put(f"/api/documents/{identity}/tags", json={"tags": ["旧"]}).json() == ["旧"]
    assert [one["source"] for one in http.get("/api/documents", params={"tag": "旧"}).json()] == ["甲/readme.txt"]
    assert [one["source"] for one in http.get("/api/documents", params={"collection": "乙"}).json()] == [
        "乙/readme.txt"
    ]
    answer = http.post("/api/ask", json={"question": "按几号按钮？", "tag": "旧"}).json()
    assert answer["trace"]["scope"] == [identity]
    for missing in (
        http.post("/api/ask", json={"question": "按几号按钮？", "collection": "丙"}),
        http.get("/api/starters", params={"collection": "丙"}),
        http.post("/api/suggest", json={"answer": answer, "collection": "丙"}),
    ):
        assert (missing.status_code, missing.json()["error"][:23]) == (404, "There is no collection ")
    assert http.delete("/api/collections/甲").status_code == 204
    assert [info.source for info in bot.documents()] == ["乙/readme.txt"]


def test_files_of_one_name_that_are_sent_together_are_all_kept(http: TestClient, bot: Bot) -> None:
    texts = ("甲的说明。", "乙的说明。", "甲的说明。", "丙的说明。")
    sent = [("files", ("readme.txt", text.encode())) for text in texts]
    for status in ("added", "unchanged"):
        reports = http.post("/api/documents", files=sent).json()
        assert [report["source"] for report in reports] == [
            "readme.txt", "readme (2).txt", "readme.txt", "readme (3).txt"
        ]  # fmt: skip
        assert [report["status"] for report in reports] == [status, status, "unchanged", status]
    assert [bot.document(info.document_id).text for info in bot.documents()] == [
        "乙的说明。",
        "丙的说明。",
        "甲的说明。",
    ]


def test_questions_are_proposed_within_a_collection(http: TestClient) -> None:
    sent = [("files", (name, text.encode())) for name, text in (("馆/library.md", MANUAL), ("园/garden.txt", GARDEN))]
    identities = [report["document"]["document_id"] for report in http.post("/api/documents", files=sent).json()]
    http.put(f"/api/documents/{identities[1]}/tags", json={"tags": ["英文"]})
    wanted = [http.get("/api/starters", params={"documents": identity}).json() for identity in identities]
    assert [] not in wanted and wanted[0] != wanted[1]
    assert http.get("/api/starters", params={"collection": "馆"}).json() == wanted[0]
    assert http.get("/api/starters", params={"tag": "英文"}).json() == wanted[1]
    assert http.get("/api/starters", params={"collection": "馆", "tag": "英文"}).json() == []
    answer = http.post("/api/ask", json={"question": FINE}).json()
    everywhere = http.post("/api/suggest", json={"answer": answer}).json()
    assert everywhere and http.post("/api/suggest", json={"answer": answer, "collection": "馆"}).json() == everywhere
    assert http.post("/api/suggest", json={"answer": answer, "tag": "英文"}).json() == []


def test_several_are_tagged_and_removed_at_once(http: TestClient, bot: Bot) -> None:
    sent = [("files", (f"{n}.txt", f"第{n}号说明。".encode())) for n in range(4)]
    ids = [report["document"]["document_id"] for report in http.post("/api/documents", files=sent).json()]
    assert http.put(f"/api/documents/{ids[0]}/tags", json={"tags": ["旧", "甲"]}).status_code == 200

    def tags() -> list[list[str]]:
        return [one["tags"] for one in http.get("/api/documents").json()]

    change = {"documents": ids[:3], "add": [" 新  的 "], "remove": ["旧", "没有"]}
    assert http.post("/api/documents/tags", json=change).status_code == 204
    assert tags() == [["新 的", "甲"], ["新 的"], ["新 的"], []]
    for wrong, status in (({"documents": [*ids, "none"], "add": ["x"]}, 404), ({"documents": ids, "add": [""]}, 422)):
        assert http.post("/api/documents/tags", json=wrong).status_code == status
    assert tags() == [["新 的", "甲"], ["新 的"], ["新 的"], []]  # all or none
    removed = http.post("/api/documents/remove", json={"documents": [ids[0], "none", ids[3]]})
    assert (removed.status_code, removed.json()) == (200, {"removed": 2})
    assert [info.source for info in bot.documents()] == ["1.txt", "2.txt"]
    assert bot.search("第0号说明", documents=ids[:1]) == []
    assert http.post("/api/documents/remove", json={"documents": []}).status_code == 422
