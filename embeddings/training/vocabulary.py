"""Choose the vocabulary: words of the text, found by their cohesion, scored as a unigram language model."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Lowercase
from tokenizers.normalizers import Sequence as Steps
from tokenizers.pre_tokenizers import Split

from embeddings.training.charsmap import precompiled, simplifications

UNKNOWN = "[UNK]"
LONGEST = 4
# Rarely part of a word at its edge; the words that do have them there are in the lexicon.
_LOOSE = frozenset("的了和与或及之其在是也而以所就都我你他她它这那有不被把将对从到于中上下为等应可并由")
_LETTER = re.compile(r"[\u3400-\u9fff〇a-z0-9]")
_LATIN = re.compile(r"[a-z]+")
_NUMERAL = re.compile("[〇一二三四五六七八九十百千万零两甲乙丙丁戊己庚辛壬癸]")
_NUMBER = re.compile(r"[0-9]+")

Counts = dict[str, int]


def normalizer(replacements: dict[str, str]) -> Steps:
    """Return the folding of width, case and traditional characters."""
    return Steps([NFKC(), Lowercase(), precompiled(replacements)])


def fold(text: str, table: dict[int, str]) -> str:
    """Fold like ``normalizer``, in Python; ``table`` maps code points to simplified characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(table)


def _han_ngrams(text: str, least: int) -> list[Counts]:
    """Count the n-grams of Han characters, n from 1 to ``LONGEST + 1``, that occur ``least`` times or more."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    is_han = ((codes >= 0x3400) & (codes < 0xA000)) | (codes == 0x3007)
    values, frequencies = np.unique(codes[is_han], return_counts=True)
    kept = values[np.argsort(-frequencies)[: (1 << 12) - 1]]
    number = np.zeros(0x10000, dtype=np.int64)
    number[kept] = np.arange(1, len(kept) + 1)
    ids = np.where(is_han, number[np.minimum(codes, 0xFFFF)], 0)
    counts = [{chr(v): int(f) for v, f in zip(values, frequencies, strict=True)}]
    keys, inside = ids, ids > 0
    for n in range(2, LONGEST + 2):
        keys = (keys[:-1] << 12) | ids[n - 1 :]
        inside = inside[:-1] & (ids[n - 1 :] > 0)
        found, frequencies = np.unique(keys[inside], return_counts=True)
        found, frequencies = found[frequencies >= least], frequencies[frequencies >= least]
        shifts = 12 * np.arange(n - 1, -1, -1)
        characters = kept[((found[:, None] >> shifts) & 0xFFF) - 1].astype("<u4")
        words = characters.view(f"<U{n}").ravel().tolist()
        counts.append(dict(zip(words, frequencies.tolist(), strict=True)))
    return counts


def _cohesion(word: str, counts: Sequence[Counts], total: int) -> float:
    """Return the pointwise mutual information, in nats, of the weakest split of ``word``."""
    count = counts[len(word) - 1][word]
    return min(
        math.log(count * total / (counts[i - 1].get(word[:i], 1) * counts[len(word) - i - 1].get(word[i:], 1)))
        for i in range(1, len(word))
    )


def _han_words(text: str, lexicon: Iterable[str], least: int) -> Counts:
    counts = _han_ngrams(text, least)
    total = sum(counts[0].values())
    longer: list[Counts] = [{} for _ in counts]
    for n in range(2, len(counts)):
        for word, count in counts[n].items():
            for part in (word[:-1], word[1:]):
                longer[n - 1][part] = max(longer[n - 1].get(part, 0), count)
    words: Counts = {}
    for n in range(1, LONGEST - 1):
        for word, count in counts[n].items():
            loose = word[0] in _LOOSE or word[-1] in _LOOSE
            if n > 1 and (loose or _NUMERAL.search(word)):
                continue
            # A fragment (主管部 of 主管部门) nearly always goes on in the same way.
            if longer[n].get(word, 0) > 0.9 * count:
                continue
            if _cohesion(word, counts, total) >= (2.0 if loose else (0.5, 4.0)[n - 1]):
                # Three are more often a fragment: they start from behind, and the text decides.
                words[word] = count if n == 1 else count // 5
    for word in lexicon:
        if 2 <= len(word) <= LONGEST and word[-1] not in "的地" and word in counts[len(word) - 1]:
            words[word] = counts[len(word) - 1][word]
    return words


def _other_words(text: str) -> Counts:
    """Count words, and parts of words, of Latin letters and digits."""
    latin, numbers = Counter(_LATIN.findall(text)), Counter(_NUMBER.findall(text))
    parts: Counter[str] = Counter()
    for word, count in latin.items():
        if count >= 8:
            parts[word] += count
        for n in (2, 3, 4):
            for i in range(len(word) - n + 1):
                parts[word[i : i + n]] += count if i == 0 or i == len(word) - n else count // 2
    chosen = dict(parts.most_common(9000))
    chosen.update({number: count for number, count in numbers.items() if count >= 60 and len(number) <= 4})
    chosen.update({str(i): 1000 for i in range(100)})
    return chosen


def build(pieces: dict[str, float], singles: Counts, replacements: dict[str, str]) -> Tokenizer:
    """Return a unigram tokenizer over ``pieces`` (log probabilities) and single characters."""
    total = sum(singles.values())
    entries = [(UNKNOWN, 0.0)]
    scores = {character: math.log(count / total) - 2.0 for character, count in singles.items()} | pieces
    entries.extend(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
    tokenizer = Tokenizer(Unigram(entries, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizer(replacements)
    # Punctuation and white space carry nothing for a bag of words: only runs of letters and digits go on.
    words = Regex(r"[\p{Han}〇]+|\d+|[\p{L}\p{M}&&[^\p{Han}〇]]+")
    tokenizer.pre_tokenizer = Split(words, behavior="removed", invert=True)
    return tokenizer


def count_tokens(tokenizer: Tokenizer, lines: Sequence[str]) -> npt.NDArray[np.int64]:
    """Count how often each token occurs in ``lines``: shape (vocabulary,)."""
    counts = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    for start in range(0, len(lines), 10_000):
        ids = [i for e in tokenizer.encode_batch_fast(list(lines[start : start + 10_000])) for i in e.ids]
        counts += np.bincount(ids, minlength=len(counts))
    return counts


def learn_tokenizer(lines: Sequence[str], lexicon: Iterable[str], size: int, least: int = 20) -> Tokenizer:
    """Choose ``size`` tokens for ``lines``.

    Candidates are words of ``lexicon`` that occur, and character sequences that hold together; each round splits
    the text with the candidates' probabilities, counts again, and drops those that are hardly used.
    """
    replacements = simplifications()
    table = {ord(a): b for a, b in replacements.items()}
    text = "\n".join(fold(line, table) for line in lines)
    characters = Counter(text)
    singles = {c: n for c, n in characters.items() if n >= 12 and _LETTER.match(c)}
    lexicon = {fold(word, table) for word in lexicon}
    counts = _han_words(text, lexicon, least) | _other_words(text)
    counts = {word: count for word, count in counts.items() if len(word) > 1}
    rounds = 3
    for step in range(rounds):
        total = sum(counts.values()) + sum(singles.values())
        tokenizer = build({w: math.log(c / total) for w, c in counts.items()}, singles, replacements)
        used = count_tokens(tokenizer, lines[step::rounds])
        counts = {
            w: int(used[i]) for w, i in tokenizer.get_vocab().items() if len(w) > 1 and w != UNKNOWN and used[i] >= 3
        }
    room = size - 1 - len(singles)
    best = sorted(counts, key=lambda word: (-counts[word], word))[:room]
    total = sum(counts.values()) + sum(singles.values())
    return build({w: math.log(counts[w] / total) for w in best}, singles, replacements)
