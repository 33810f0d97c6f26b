"""Brings the cosines of another encoder to the scale of the built-in one, to which the evidence model was trained.

Every encoder has a scale of its own: of two sentences that have nothing in common one says 0.1, another 0.75. Passages
of the home, each with its own beginning as a question, show both scales: how near matching pairs are, and how near the
others. The line through the two points is the calibration, kept in the store and measured anew when the home has grown.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

import numpy as np

from bot.documents.passages import indexed_text, split_sentences
from bot.language.folding import mostly_han
from bot.question.query import query_of
from bot.storage.numbers import Ids
from bot.storage.store import Store, Vectors, vector_key
from bot.types import StoreError
from embeddings.contract import Encoder

_SAMPLE = 128
_FEWEST = 8
"""With fewer passages than these the sentences of ``_EXAMPLES`` are measured instead."""
_SHORTEST = 12
"""Characters of a passage that can stand for a paragraph: a heading cannot."""
_LONGEST_QUESTION = 32
_LEAST_CONTRAST = 0.02
"""An encoder whose matching pairs are hardly nearer than the others tells nothing apart."""
_GROWN = 2
"""The calibration is measured anew where the home has grown or shrunk by this factor."""
_EXAMPLES = (
    "图书馆每周一闭馆，周二至周日上午九点开放。读者凭借书证入馆，阅览室内请保持安静。",
    "居民家庭用水实行阶梯价格，第一级每立方米三元。超出部分按第二级计价，每两个月抄表一次。",
    "儿童应当按时接种疫苗，接种前由医生询问健康状况。发热的儿童暂缓接种，痊愈后再行补种。",
    "承租人逾期支付租金的，出租人可以解除合同。解除合同后，押金扣除欠款，余额在十日内退还。",
    "列车进站时请站在黄色安全线以内候车。携带大件行李的乘客可以从无障碍通道进站。",
    "山区的茶园多在海拔六百米以上，春茶于清明前后采摘。鲜叶当天摊晾、杀青、揉捻、烘干。",
    "员工连续工作满一年可以享受带薪休假五天。休假由本人提前两周申请，经部门主管同意后安排。",
    "望远镜的口径越大，收集到的光就越多。天文台因此建在干燥的高山上，那里的夜空最暗。",
    "垃圾分为可回收物、有害垃圾、厨余垃圾和其他垃圾四类。旧电池和废灯管应当投入红色的桶。",
    "古桥建于明代，全长八十米，有九个石拱。桥面的石板在去年的洪水以后重新铺过。",
)
"""What is measured in a home with too few Chinese passages."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The line ``scale * cosine + shift`` from an encoder's cosines to those of the built-in one."""

    scale: float
    shift: float

    def __call__(self, cosine: float) -> float:
        """Return what the built-in encoder would say where this one says ``cosine``."""
        return self.scale * cosine + self.shift


class Calibrator:
    """Gives the calibration of ``encoder`` in ``store``: the stored one, or one measured against ``builtin``."""

    def __init__(self, store: Store, encoder: Encoder, builtin: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._builtin = builtin
        self._name = f"calibration {vector_key(encoder.name)}"
        self._known: tuple[int, Calibration] | None = None

    def __call__(self) -> Calibration:
        """Return the calibration for the documents that the store holds now."""
        generation = self._store.generation
        known = self._known
        if known is None or known[0] != generation:
            known = self._known = generation, self._current()
        return known[1]

    def _current(self) -> Calibration:
        kept, passages = self._store.database.note(self._name), self._store.passage_count()
        if kept is not None:
            line = json.loads(kept)
            count = line.pop("passages")
            if count <= _GROWN * passages and passages < _GROWN * max(count, 1):
                return Calibration(**line)
        fresh = self._measure(self._store.passage_ids())
        with suppress(StoreError):  # it can be measured again
            self._store.database.keep_note(self._name, json.dumps({**asdict(fresh), "passages": passages}))
        return fresh

    def _measure(self, passages: Ids) -> Calibration:
        questions, texts, vectors = self._sample(passages)
        if len(questions) < _FEWEST:
            texts = list(_EXAMPLES)
            questions = [_as_question(text) for text in texts]
            vectors = self._encoder.encode_document(texts)
        plain = self._builtin.encode_query([query_of(question).content for question in questions])
        return line_between(
            contrast(self._encoder.encode_query(questions), vectors),
            contrast(plain, self._builtin.encode_document(texts)),
        )

    def _sample(self, passages: Ids) -> tuple[list[str], list[str], Vectors]:
        """Return the same questions, indexed texts and stored vectors for the same home, at most ``_SAMPLE``.

        Chinese passages alone, none twice: on other languages the built-in encoder has no scale to go by.
        """
        stored = {
            p.passage.text: p
            for p in self._store.passages(_spaced(passages, 2 * _SAMPLE))
            if len(p.passage.text) >= _SHORTEST and mostly_han(p.passage.text)
        }
        found, vectors = self._store.vectors(self._encoder.name, sorted(p.passage_id for p in stored.values()))
        if not len(found):
            return [], [], vectors
        chosen = _spaced(np.arange(len(found)), _SAMPLE)
        sample = self._store.passages(found[chosen])
        texts = [indexed_text(p.title, p.passage.section, p.passage.text) for p in sample]
        return [_as_question(p.passage.text) for p in sample], texts, vectors[chosen]


def contrast(questions: Vectors, passages: Vectors) -> tuple[float, float]:
    """Return the mean cosine of the pairs of rows that belong together, and that of all other pairs.

    Args:
        questions: ``(n, dimension)``, rows of unit length, n > 1.
        passages: ``(n, dimension)`` likewise: what each question is taken from.
    """
    cosines = questions @ passages.T
    count = len(cosines)
    matching = float(np.trace(cosines)) / count
    return matching, (float(cosines.sum()) / count - matching) / (count - 1)


def line_between(own: tuple[float, float], wanted: tuple[float, float]) -> Calibration:
    """Return the line that takes the ``contrast`` of an encoder to the one wanted.

    Where an encoder has next to none, every cosine is taken to that of pairs that do not match.
    """
    if own[0] - own[1] < _LEAST_CONTRAST:
        return Calibration(0.0, wanted[1])
    scale = (wanted[0] - wanted[1]) / (own[0] - own[1])
    return Calibration(scale, wanted[1] - scale * own[1])


def _spaced(numbers: Ids, most: int) -> Ids:
    """Return at most ``most`` of ``numbers``, in order, from all of their range."""
    if len(numbers) <= most:
        return numbers
    spaced: Ids = numbers[np.linspace(0, len(numbers) - 1, most).astype(np.int64)]
    return spaced


def _as_question(text: str) -> str:
    """Return the beginning of a passage: its first sentence, at most as long as a question and half the passage."""
    start, end = split_sentences(text, 0, len(text))[0]
    return text[start : min(end, start + max(min(_LONGEST_QUESTION, len(text) // 2), 1))]
