"""A home that is searched in a Milvus, here Milvus Lite behind the same client: as with indexes of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import cast

import pytest

from bot.engine import Bot
from bot.question.query import query_of
from bot.storage.cluster import Cluster, Levels
from bot.storage.cluster_indexes import ClusterIndexes, cluster_of
from bot.storage.cluster_writer import ClusterWriter
from bot.storage.milvus import Milvus
from bot.storage.store import Store
from bot.types import StoreError, silent
from embeddings.static import StaticEncoder
from tests.bench import made_up
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot
from tests.postgres import Postgres

pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed: pip install milvus-lite")

ROOT = Path(__file__).parents[2]
QUESTIONS = ("每次可以借阅多少册？", "逾期怎么办？", "How many kinds of orchid are there?", "火星上有水吗？")


def files(made: int = 0) -> list[tuple[str, bytes]]:
    titled = [(title, "\n".join((title, *lines[:60]))) for title, lines in islice(made_up(100 * made), made)]
    return [
        ("借阅办法.md", MANUAL.encode()),
        ("garden.txt", GARDEN.encode()),
        *((f"made/{title}.txt", text.encode()) for title, text in titled),
    ]


def add(bot: Bot, given: list[tuple[str, bytes]]) -> None:
    assert {report.status for report in bot.add_files(iter([(*file, None) for file in given]))} <= {"added", "replaced"}


def cluster(bot: Bot) -> Cluster:
    return cast(ClusterIndexes, bot._indexes)._cluster


def found(bot: Bot, question: str, documents: list[str] | None = None) -> list[tuple[str, int]]:
    return [(hit.document_id, hit.start) for hit in bot.search(question, documents=documents)]


def assert_whole(bot: Bot) -> None:
    """The cluster holds what the store does, and its statistics are what counting it anew gives."""
    checks = {check.name: check.ok for check in bot.check()}
    assert checks["passages in Milvus"] and checks["documents in Milvus"] and checks["index of places"]
    assert_same(cluster(bot).said, cluster(bot).said_by(bot._store.revisions().values()))


def assert_same(one: Levels, other: Levels) -> None:
    for mine, theirs in zip(one, other, strict=True):
        assert (mine.texts, mine.length) == (theirs.texts, theirs.length)
        assert (mine.dimensions == theirs.dimensions).all() and (mine.counts == theirs.counts).all()


def test_of_100_questions_95_find_the_same_ten(open_bot: OpenBot, tmp_path: Path) -> None:
    alone, there = open_bot("alone"), open_bot("there", index=f"milvus:{tmp_path}/m.db")
    seeds = [(path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for bot in (alone, there):
        for given in (seeds, files(1)[::2]):  # the second is written with the averages of the first
            add(bot, given)
    store, random = alone._store, Random(5)
    texts = [stored.passage.text for stored in store.passages(store.passage_ids()) if len(stored.passage.text) > 16]
    asked = set(QUESTIONS)
    while len(asked) < 100:
        text, length = random.choice(texts), random.randint(4, 9)
        start = random.randrange(len(text) - length)
        asked.add(text[start : start + length].strip() + random.choice(("", "是什么？", "有什么规定？", "怎么办？")))
    same = [set(found(alone, question)) == set(found(there, question)) for question in sorted(asked)]
    assert sum(same) >= 95
    assert_whole(there)


def test_documents_come_are_replaced_and_go(open_bot: OpenBot, tmp_path: Path) -> None:
    alone, there = open_bot("alone"), open_bot("there", index=f"milvus:{tmp_path}/m.db")

    def assert_alike() -> None:
        for question in QUESTIONS:
            one, other = alone.ask(question), there.ask(question)
            assert (one.text, one.citations) == (other.text, other.citations)
        assert_whole(there)

    for bot in (alone, there):
        add(bot, files(1))
    assert_alike()
    changed = MANUAL.replace("十二册", "十五册").replace("第三", "第五")
    for bot in (alone, there):
        add(bot, [("借阅办法.md", changed.encode())])
    assert any("十五册" in hit.text for hit in there.search(QUESTIONS[0]))
    assert_alike()
    for bot in (alone, there):
        bot.remove(next(info.document_id for info in bot.documents() if info.source == "garden.txt"))
    assert there.ask(QUESTIONS[2]).abstained
    assert_alike()
    before = cluster(there).state
    there.close()
    again = open_bot("there", index=f"milvus:{tmp_path}/m.db")
    assert cluster(again).state == before
    assert found(again, QUESTIONS[0]) == found(alone, QUESTIONS[0])
    assert_whole(again)
    again.remove_many([info.document_id for info in again.documents()])
    assert again.search(QUESTIONS[0]) == [] and cluster(again).said[0].texts == 0


def test_documents_and_collections_narrow_the_search(open_bot: OpenBot, tmp_path: Path) -> None:
    alone, there = open_bot("alone"), open_bot("there", index=f"milvus:{tmp_path}/m.db")
    for bot in (alone, there):
        add(bot, files(3))
    ids = [info.document_id for info in there.documents()]
    made = [info for info in there.documents() if info.source.startswith("made/")]
    for scope in ([ids[0]], ids[1:3], ids, []):
        for question in QUESTIONS[:2]:
            assert set(found(there, question, scope)) == set(found(alone, question, scope))
            assert {identity for identity, _ in found(there, question, scope)} <= set(scope)
    asked = [query_of(question).terms for question in QUESTIONS[:2]]
    inside, expected = (bot._indexes.lexical.best_inside(asked, 3, ids[:3]) for bot in (there, alone))
    assert inside == pytest.approx(expected, rel=1e-3)
    one, other = ({(h.document_id, h.start) for h in bot.search("规定", collection="made")} for bot in (there, alone))
    assert one == other and {identity for identity, _ in one} <= {info.document_id for info in made}
    vector, numbers = there.encoder.encode_query(["借阅"]), there._store.passage_ids()
    for some in (numbers[::2], numbers[5:60], numbers[:0]):
        scores, nearest = there._indexes.vectors.search(vector, 5, some)
        cosines, same = alone._indexes.vectors.search(vector, 5, some)
        assert set(nearest[0].tolist()) == set(same[0].tolist()) <= set(some.tolist())
        assert scores[0] == pytest.approx(cosines[0], abs=1e-3)


def test_several_servers_search_what_one_has_written(open_bot: OpenBot, postgres: Postgres, tmp_path: Path) -> None:
    settings = {"store": postgres.new(), "index": f"milvus:{tmp_path}/m.db"}
    first, second = open_bot("first", **settings), open_bot("second", **settings)
    add(first, files(1))
    assert found(second, QUESTIONS[0]) == found(first, QUESTIONS[0]) != []
    assert cluster(second).state == cluster(first).state and cluster(first).state.commit == 1
    second.remove(next(info.document_id for info in first.documents() if info.source == "garden.txt"))
    assert found(first, QUESTIONS[0]) == found(second, QUESTIONS[0])
    assert cluster(first).state == cluster(second).state
    for bot in (first, second):
        assert_whole(bot)
    database, other = first._store.database, second._store.database
    with database.alone(wait=False) as turn, other.alone(wait=False) as none:
        assert turn is not None and none is None
        turn()
    with other.alone(wait=True) as turn:
        assert turn is not None


def test_a_writer_that_is_cut_off_is_gone_on_from(
    open_bot: OpenBot, tmp_path: Path, builtin: StaticEncoder
) -> None:  # fmt: skip
    bot = open_bot()
    add(bot, files(4))
    with written(tmp_path, builtin) as (writer, there):
        with pytest.raises(StoreError, match="cut off"):
            writer.bring(cut_off_at(3))
        assert (there.state.generation, there.state.commit) == (0, 2)
        assert 0 < there.said[0].texts < there.milvus.count(there.passages)
    # Meanwhile one goes that was written and counts, one that was written and does not, and one comes.
    store = bot._store
    gone = sorted((revision, document_id) for document_id, revision in store.revisions().items())
    bot.remove_many([gone[0][1], gone[3][1]])
    add(bot, [("新.md", MANUAL.replace("青溪", "白河").encode())])
    with written(tmp_path, builtin) as (writer, there):
        writer.bring(lambda: None)
        assert there.state.generation == store.generation
        assert there.milvus.count(there.passages) == there.said[0].texts == store.passage_count()
        assert there.held() == set(store.revisions().values())
        assert_same(there.said, there.said_by(store.revisions().values()))


def test_statistics_of_many_commits_are_put_together(tmp_path: Path, open_bot: OpenBot, builtin: StaticEncoder) -> None:
    bot = open_bot()
    add(bot, [(f"{number}.txt", f"第{number}份文件讲第{number}件事。".encode()) for number in range(40)])
    with written(tmp_path, builtin, committed=1) as (writer, there):
        reading = cluster_of(bot._store, builtin, there.milvus)
        writer.bring(lambda: None)
        assert there.state.commit == 41 and there.state.base > 30
        reading.refresh()
        assert reading.state == there.state
        assert_same(reading.said, there.said)
        assert_same(cluster_of(bot._store, builtin, there.milvus).said, there.said)


def test_weights_are_written_anew_where_texts_have_become_longer(open_bot: OpenBot, tmp_path: Path) -> None:
    bot = open_bot(index=f"milvus:{tmp_path}/m.db")
    add(bot, [("短.txt", "甲。\n\n乙。\n".encode())])
    before = cluster(bot).state.averages
    add(bot, files(1))
    after = cluster(bot).state
    assert after.whole and after.averages == tuple(said.average for said in cluster(bot).said)
    assert after.averages[0] > 2 * before[0]
    assert_whole(bot)


def test_where_the_index_cannot_be_reached_documents_are_kept(open_bot: OpenBot, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that it runs"):
        open_bot("home", index="milvus://127.0.0.1:1")
    bot = open_bot("home", index=f"milvus:{tmp_path}/m.db")
    add(bot, files())
    there = cluster(bot)
    there.milvus._client.drop_collection(there.passages)
    with pytest.raises(StoreError, match="a collection is gone"):
        bot.search(QUESTIONS[0])
    bot.close()
    again = open_bot("home", index=f"milvus:{tmp_path}/m.db")
    assert found(again, QUESTIONS[0]) != []
    assert_whole(again)


def cut_off_at(call: int) -> Callable[[], None]:
    calls = iter(range(1, call + 1))

    def still() -> None:
        if next(calls) == call:
            raise StoreError("cut off", "中断")

    return still


@contextmanager
def written(
    folder: Path, encoder: StaticEncoder, committed: int = 40
) -> Iterator[tuple[ClusterWriter, Cluster]]:  # fmt: skip
    """Give what writes the store in ``folder``/home, and where to."""
    milvus = Milvus(f"milvus:{folder}/m.db")
    with Store.open(folder / "home") as store:
        there = cluster_of(store, encoder, milvus)
        yield ClusterWriter(there, store, encoder, silent, committed), there
    milvus.close()
