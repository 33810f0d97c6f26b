"""The mutation test of written answers: ``python -m tests.mutations DATA [--hand FILE]``.

Takes true answers from test sets: the sentences in which the accepted answers stand, and the same reworded by rule.
Changes each by rule, one change a time, and counts how many of the changed ones the check flags, by kind of change, and
how many of the unchanged ones. The rules are none of those that the learned part was trained with.
``--hand`` names a file of sentences that people wrote, in the form of tests/files/written.jsonl, counted apart.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.documents.passages import split_sentences
from bot.language.folding import fold
from bot.language.lexicon import words
from bot.language.spellings import spellings
from bot.writing.checking import Checker
from embeddings.contextual import ContextReader
from embeddings.loading import BUILTIN_FOLDER, READER_FOLDER
from embeddings.static import StaticEncoder

SETS = ("seed", "policy", "office", "cmrc2018-dev")
ANSWERS = 500
_SHORTEST, _LONGEST = 12, 160


@dataclass(frozen=True, slots=True)
class TrueAnswer:
    """A sentence that answers: its text, the title of its document, the words of it that were asked for."""

    sentence: str
    title: str
    asked: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many sentences so many were flagged."""

    flagged: int = 0
    all: int = 0

    def __add__(self, flag: object) -> "Tally":
        return Tally(self.flagged + bool(flag), self.all + 1)

    def __str__(self) -> str:
        return f"{self.flagged / self.all:.3f} ({self.flagged}/{self.all})" if self.all else "–"


def true_answers(data: Path, count: int = ANSWERS, seed: int = 0) -> list[TrueAnswer]:
    """Return true answers of the sets, as many of each as there are, up to its part of ``count``."""
    rng = random.Random(seed)
    found: list[TrueAnswer] = []
    for place, name in enumerate(SETS):
        own = list(dict.fromkeys(_read_set(data / name)))
        rng.shuffle(own)
        found += own[: (count - len(found)) // (len(SETS) - place)]
    return found


def _read_set(folder: Path) -> Iterator[TrueAnswer]:
    if (folder / "questions.jsonl").is_file():
        texts = {path.name: path.read_text("utf-8") for path in (folder / "documents").rglob("*") if path.is_file()}
        for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            for answer in _strings(row["metadata"].get("must", [])):
                source = next((name for name, text in texts.items() if answer in text), None)
                if source:
                    yield from _sentence_of(texts[source], source, answer)
        return
    corpus = {(row := json.loads(line))["_id"]: row for line in (folder / "corpus.jsonl").open(encoding="utf-8")}
    relevant = dict(line.split("\t")[:2] for line in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:])
    for line in (folder / "queries.jsonl").open(encoding="utf-8"):
        query = json.loads(line)
        document = corpus.get(relevant.get(query["_id"], ""))
        if document and query["metadata"].get("answerable") and query["metadata"]["answers"]:
            yield from _sentence_of(document["text"], document["title"], query["metadata"]["answers"][0])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _sentence_of(text: str, title: str, answer: str) -> Iterator[TrueAnswer]:
    for paragraph in text.split("\n"):
        at = paragraph.find(answer)
        if at < 0:
            continue
        for start, end in split_sentences(paragraph, 0, len(paragraph)):
            if start <= at < end and _SHORTEST <= end - start <= _LONGEST and "|" not in paragraph:
                yield TrueAnswer(paragraph[start:end], title, answer)
        return


# ---- Rewording by rule: what stays true ----------------------------------------------------------------------------

_OPENINGS = ("根据资料，", "材料显示，", "答：", "- ", "简言之，", "可以看到，", "")
_SAME = tuple(
    zip(*[iter(words(
        "应当 应 不得 不可 可以 可 以及 和 但是 但 位于 地处 由于 因为 按照 依照 购买 采购 提供 给予 使用 运用"
        " 开始 启动 包括 涵盖 获得 取得 立即 马上 必须 务必 目前 现在 例如 比如 非常 十分 因此 所以 担任 出任"
    ))] * 2, strict=True)
)  # fmt: skip


def reworded(answer: TrueAnswer, rng: random.Random) -> str:
    """Return the sentence in other words: numerals in another script, near synonyms, an opening, no full stop."""
    text = answer.sentence
    amounts = [one for one in spellings(fold(text)) if one.term in text]
    for one in amounts[:2]:
        around = re.search(rf".?{re.escape(one.term)}.?", text)
        if around and not re.search(r"^[\d.]|[\d]$", around[0].replace(one.term, "", 1)):
            text = text.replace(
                one.term, rng.choice([form for form in one.same[:4] if form.isascii() or "%" not in form]), 1
            )
    for word, other in rng.sample(_SAME, len(_SAME)):
        if word in text:
            text = text.replace(word, other, 1)
            if rng.random() < 0.5:
                break
    if rng.random() < 0.5:
        text = re.sub(r"^第[一二三四五六七八九十百\d]+条\s*", "", text)
    return rng.choice(_OPENINGS) + (text.rstrip("。；") if rng.random() < 0.5 else text)


# ---- Mutations: what becomes false ---------------------------------------------------------------------------------

Mutation = Callable[[str, TrueAnswer, Sequence[TrueAnswer], random.Random], str]
_FLIPS = {
    "不得": "可以",
    "不能": "能够",
    "禁止": "允许",
    "应当": "不应当",
    "必须": "不必",
    "可以": "不得",
    "不予": "给予",
    "无需": "需要",
    "没有": "有",
    "未经": "经",
    "不会": "会",
    "允许": "不允许",
    "能够": "不能",
    "不是": "是",
    "并非": "正是",
    "不超过": "超过",
    "不少于": "少于",
}
_CONDITIONS = {
    "以上": "以下",
    "以下": "以上",
    "以内": "以外",
    "之前": "之后",
    "之后": "之前",
    "以前": "以后",
    "以后": "以前",
    "至少": "最多",
    "最多": "至少",
    "超过": "低于",
    "低于": "高于",
    "如果": "即使",
    "或者": "并且",
    "并且": "或者",
    "只有": "不仅",
    "除外": "亦同",
    "仅": "不仅",
    "同时": "或者",
    "届满前": "届满后",
    "方可": "不必再",
    "按季度": "按年度",
    "每年": "每月",
    "每月": "每年",
    "每天": "每周",
    "首次": "每次",
}
_SCOPES = {
    "所有": "部分",
    "全部": "部分",
    "任何": "个别",
    "部分": "全部",
    "一切": "少数",
    "主要": "全部",
    "均": "有的",
    "全体": "部分",
    "各级": "个别",
    "大多": "全部",
    "一些": "所有",
    "少数": "多数",
    "多数": "少数",
    "原则上": "一律",
    "各类": "某类",
    "都": "多半不",
}
_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千]+(?=[年月日天个元万亿条次名人项岁倍级届])")
_VERBS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:属于|包括|需要|参加|享受|承担|获得|成为|位于|支持|采用|使用"
    r"|影响|提供|担任|具有|拥有|进行|发生|开始)(?:了|过)?[\u4e00-\u9fff])"
)


def other_number(text: str, _answer: TrueAnswer, _all: Sequence[TrueAnswer], rng: random.Random) -> str:
    """Change one number."""
    found = list(_NUMERAL.finditer(text))
    if not found:
        return ""
    match = rng.choice(found)
    if match[0][0].isdigit():
        whole, point, part = match[0].partition(".")
        other = str(max(1, int(whole) + rng.choice((1, 2, 3, 5, -1, 10)))) + point + part
        other = str(int(whole) + 4) + point + part if other == match[0] else other
    else:
        at = rng.randrange(len(match[0]))
        pool = "十百千" if match[0][at] in "十百千" else "二三四五六七八九"
        other = match[0][:at] + rng.choice([char for char in pool if char != match[0][at]]) + match[0][at + 1 :]
    return text[: match.start()] + other + text[match.end() :]


def other_name(text: str, answer: TrueAnswer, answers: Sequence[TrueAnswer], rng: random.Random) -> str:
    """Put the answer to another question in the place of a short one."""
    asked = answer.asked
    if not 2 <= len(asked) <= 10 or re.search(r"\d", asked) or asked not in text:
        return ""
    others = [
        other.asked
        for other in answers
        if abs(len(other.asked) - len(asked)) <= 2
        and not re.search(r"\d", other.asked)
        and other.asked not in answer.sentence
    ]
    return text.replace(asked, rng.choice(others), 1) if others else ""


def _swap(table: dict[str, str], text: str, rng: random.Random) -> str:
    found = [word for word in table if word in text]
    if not found:
        return ""
    word = max(rng.sample(found, min(2, len(found))), key=len)
    return text.replace(word, table[word], 1)


def other_negation(text: str, _answer: TrueAnswer, _all: Sequence[TrueAnswer], rng: random.Random) -> str:
    """Deny what is said, or say what is denied."""
    turned = _swap(_FLIPS, text, rng)
    places = [match.start() for match in _VERBS.finditer(text) if text[match.start() - 1] not in "不未没无"]
    if turned or not places:
        return turned
    at = rng.choice(places)
    return f"{text[:at]}{rng.choice(('不', '并不', '不再'))}{text[at:]}"


def other_condition(text: str, _answer: TrueAnswer, _all: Sequence[TrueAnswer], rng: random.Random) -> str:
    """Turn a condition, a bound, a frequency."""
    return _swap(_CONDITIONS, text, rng)


def other_scope(text: str, _answer: TrueAnswer, _all: Sequence[TrueAnswer], rng: random.Random) -> str:
    """Say of all what is said of some, or the other way round."""
    return _swap(_SCOPES, text, rng)


MUTATIONS: dict[str, Mutation] = {
    "number": other_number,
    "name": other_name,
    "negation": other_negation,
    "condition": other_condition,
    "scope": other_scope,
}


def run(checker: Checker, answers: Sequence[TrueAnswer], seed: int = 0, show: bool = False) -> dict[str, Tally]:
    """Return what was flagged, by kind: of the unchanged, verbatim and reworded, and of the changed."""
    rng = random.Random(seed)
    tallies = {name: Tally() for name in ("verbatim", "reworded", *MUTATIONS)}

    def count(name: str, sentence: str, answer: TrueAnswer) -> None:
        checked = checker.check(sentence, [answer.sentence], [answer.title])
        flagged = checked.standing == "unsupported"
        tallies[name] += flagged
        if show and flagged == (name in ("verbatim", "reworded")):
            _say(
                name,
                round(checked.support, 3),
                sentence,
                [(lack.kind, lack.text) for lack in checked.lacks],
                "<=",
                answer.sentence,
            )

    for answer in answers:
        same = reworded(answer, rng)
        count("verbatim", answer.sentence, answer)
        count("reworded", same, answer)
        for name, mutate in MUTATIONS.items():
            for text in (answer.sentence, same):
                changed = mutate(text, answer, answers, rng)
                if changed and changed != text and changed.strip("。；") not in answer.sentence:
                    count(name, changed, answer)
    return tallies


def by_hand(checker: Checker, path: Path, show: bool = False) -> dict[str, Tally]:
    """Return the same of sentences that people wrote: true ones in other words, false ones."""
    tallies = {"by hand, true": Tally(), "by hand, false": Tally()}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        for name in ("true", "false"):
            for sentence in row[name]:
                checked = checker.check(sentence, row["quotes"], row.get("titles", []))
                flagged = checked.standing == "unsupported"
                tallies[f"by hand, {name}"] += flagged
                if show and flagged == (name == "true"):
                    _say(
                        name,
                        round(checked.support, 3),
                        sentence,
                        [(lack.kind, lack.text) for lack in checked.lacks],
                        "<=",
                        row["quotes"],
                    )
    return tallies


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description="Test the check of written answers.")
    parser.add_argument("data", type=Path, help="folder with the test sets")
    parser.add_argument("--hand", type=Path, help="sentences that people wrote, one text a line")
    parser.add_argument("--seed", type=int, default=0, help="which sample of the answers is drawn")
    parser.add_argument("--reader", type=Path, default=READER_FOLDER)
    parser.add_argument("--words-only", action="store_true", help="without the model that reads in context")
    parser.add_argument("--show", action="store_true", help="print what is missed and what is wrongly flagged")
    arguments = parser.parse_args()
    reader = None if arguments.words_only else ContextReader.load(arguments.reader, threads=1)
    checker = Checker(StaticEncoder.load(BUILTIN_FOLDER), reader)
    tallies = run(checker, true_answers(arguments.data, seed=arguments.seed), show=arguments.show)
    changed = Tally(sum(tallies[name].flagged for name in MUTATIONS), sum(tallies[name].all for name in MUTATIONS))
    kept = Tally(*(sum(getattr(tallies[n], part) for n in ("verbatim", "reworded")) for part in ("flagged", "all")))
    rows = {**tallies, "all changed": changed, "all unchanged": kept}
    if arguments.hand:
        rows |= by_hand(checker, arguments.hand, arguments.show)
    _say("| sentences | flagged |\n| --- | --- |")
    for name, tally in rows.items():
        _say(f"| {name} | {tally} |")


if __name__ == "__main__":
    main()
