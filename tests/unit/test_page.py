"""The HTML of a message, the words, and what the reading pane is given."""

import html
import json
import re
from pathlib import Path

import pytest

from bot.engine import Bot
from bot.page.messages import FOLDER, answer_html, first_target, language_of, plain, question_html, words
from bot.page.source import source_of
from bot.types import Answer, AnswerSentence, Citation, Hit

HOSTILE = "<b onload='x'>&amp; [1](#cite-a.0.1.f) ![i](http://e.example) `c` **d** $$e$$ ~f~ | g\\ {{h}} ${i}\x00\u2028"


@pytest.mark.parametrize("text", [HOSTILE, "中文。", "a\nb", ""])
def test_plain_text_comes_back_and_holds_no_markup(text: str) -> None:
    escaped = plain(text)
    assert "\n" not in escaped
    assert not re.search(r"[<>`*\[\]$_~|\\{}!]", escaped.replace("<br>", ""))
    seen = html.unescape(escaped.replace("<br>", "\n"))
    assert seen == text.replace("\x00", "\ufffd").replace("\u2028", "\ufffd")


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh", "zh"), ("ZH-tw", "zh"), ("en-US,zh", "en"), ("fr", "en"), (None, "en")],
)
def test_language(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_both_languages_have_the_same_words_and_the_scripts_use_no_other() -> None:
    names = {language: {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in words()[language].items()}
             for language in words()}  # fmt: skip
    assert set(names) == {"zh", "en"}
    assert names["zh"] == names["en"]
    code = "".join(path.read_text(encoding="utf-8") for path in [*FOLDER.glob("*.js"), FOLDER.parent / "app.py"])
    used = set(re.findall(r"""(?:\bword\(|data-word=|data-label=)"(\w+)\"""", code))
    assert used
    assert used <= set(names["zh"])


def citation(number: int, start: int, quote: str) -> Citation:
    return Citation(number, "d1", "s.txt", HOSTILE, (HOSTILE,), 2, start, start + len(quote), quote)


def test_an_answer_links_its_own_citations_only() -> None:
    cited = (citation(1, 4, HOSTILE), citation(2, 90, "二。"))
    sentences = (AnswerSentence(HOSTILE, (1,), 0.9), AnswerSentence("二。", (1, 2), 0.8))
    answer = Answer("q", "补全的q", "", False, 0.9, sentences, cited, timings={"total": 12.4})
    shown = answer_html(answer, "zh")
    targets = re.findall(r'href="#([^"]+)"', shown)
    assert [target.split(".")[:3] for target in targets[:3]] == [
        ["cite-d1", "4", str(4 + len(HOSTILE))], ["cite-d1", "4", str(4 + len(HOSTILE))], ["cite-d1", "90", "92"],
    ]  # fmt: skip
    assert first_target(answer) == targets[0]
    assert set(re.findall(r"<(\w+)", shown)) == {"div", "p", "sup", "a", "ul", "li", "i", "b", "span"}
    assert "补全的q" in shown
    assert "12" in shown
    assert "\n" not in shown


def test_a_refusal_has_no_numbers() -> None:
    hit = Hit("d1", "s.txt", "题", (), 4, 7, 9, "近文", 0.3)
    answer = Answer("q", "q", "", True, 0.1, nearest=(hit,) * 5)
    shown = answer_html(answer, "en")
    assert shown.count("near-d1.7.9.") == 3
    assert 'class="cite"' not in shown
    assert first_target(answer) is None


def test_a_question_is_text() -> None:
    assert html.unescape(question_html("<i>*a*</i>")) == '<div class="question"><i>*a*</i></div>'


def test_the_source_holds_the_sentence_at_its_place(tmp_path: Path) -> None:
    with Bot.open(tmp_path) as bot:
        text = "# 𠮷题\n\n第一段。\n\n😀前句。要找的一句。后句。\n"
        report = bot.add_bytes("a.md", text.encode())
        assert report.document
        document = bot.document(report.document.document_id)
        start = document.text.index("要找")
        quote = "要找的一句。"
        cited = Citation(1, document.document_id, "a.md", "t", (), 2, start, start + len(quote), quote)
        target = first_target(Answer("q", "q", "", False, 1.0, citations=(cited,)))
        assert target
        source = json.loads(json.dumps(source_of(bot, target)))
        paragraph = source["paragraphs"][source["at"]]["text"]
        assert paragraph[source["from"] : source["to"]] == quote
        assert [p["level"] > 0 for p in source["paragraphs"]] == [True, False, False]
        assert (source["changed"], source["cut"], source["number"]) == (False, False, 3)

        whole = source_of(bot, "read-" + document.document_id)
        assert (whole["at"], whole["from"], whole["to"]) == (None, 0, 0)

        bot.add_bytes("a.md", text.replace("要找", "已改").encode())
        moved = source_of(bot, target)
        assert (moved["changed"], moved["at"], moved["to"]) == (True, None, 0)

        bot.remove(document.document_id)
        assert set(source_of(bot, target)["error"]) == {"zh", "en"}
        assert set(source_of(bot, "cite-x")["error"]) == {"zh", "en"}


def test_a_very_long_document_is_shown_around_the_citation(tmp_path: Path) -> None:
    with Bot.open(tmp_path) as bot:
        line = "这一行有十个字左右。" * 10
        report = bot.add_bytes("长.txt", "\n".join([line] * 6_000).encode())
        assert report.document
        document = bot.document(report.document.document_id)
        middle = document.paragraphs[3_000]
        hit = Hit(document.document_id, "长.txt", "t", (), 3_000, middle.start, middle.end, line, 1.0)
        target = re.findall(r"near-[^\"]+", answer_html(Answer("q", "q", "", True, 0.0, nearest=(hit,)), "zh"))[0]
        source = source_of(bot, target)
        assert source["cut"]
        assert source["number"] == 3_001
        assert 0 < source["at"] < len(source["paragraphs"]) < 6_000


def test_a_refusal_shows_its_proof_and_a_list_its_count() -> None:
    refused = Answer("问", "问", "没有找到依据。\n全部 3 个文件中“<b>”出现 0 次。", True, 0.1)
    assert '<p class="absence">全部 3 个文件中“&#60;b&#62;”出现 0 次。</p>' in answer_html(refused, "zh")
    quoted = AnswerSentence("甲是乙。", (), 1.0)
    listed = Answer("问", "问", "共 1 处，显示 1 处。\n甲是乙。", False, 1.0, sentences=(quoted,))
    assert '<p class="absence">共 1 处，显示 1 处。</p>' in answer_html(listed, "zh")
    assert "absence" not in answer_html(Answer("问", "问", "甲是乙。", False, 1.0, sentences=(quoted,)), "zh")
