"""Make the groups that the reader learns from: ``python -m bot.training.groups --corpus FOLDER --out FILE.jsonl.xz``.

Each question is asked of its collection; the foremost passages are the options, and where the search misses the one
that answers, that takes the last place. About 22 minutes.
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.evidence.judge import EvidenceModel
from bot.evidence.rereading import excerpt
from bot.storage.store import StoredPassage
from bot.training.asking import AskedQuestion, asked_collections
from bot.training.collection import Collection, bare
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder
from embeddings.training.reader.groups import Group, Option, write_groups

CANDIDATES = 48
_OPTIONS = 12
_FOREIGN = 8
"""Options in another language, where the collection has such."""
_SHORT = 8
"""Characters of a sentence that counts as right where it is only a part of the words that answer."""


def option(stored: StoredPassage, question: AskedQuestion, above: Sequence[str] = ()) -> Option:
    """Return a passage with its sentences, those marked that answer; ``above`` is what it needs above it."""
    read = excerpt(stored, above)
    sentences = [bare(read.text[start:end]) for start, end in read.sentences]
    right = tuple(
        stored.source == question.source
        and any(answer in said or (len(said) > _SHORT and said in answer) for answer in question.answers)
        for said in sentences
    )
    return Option(read, right)


def groups(corpus: Path, seed: int) -> Iterator[Group]:
    """Yield the groups of all questions that are not held out."""
    encoder, model = StaticEncoder.load(BUILTIN_FOLDER), EvidenceModel.load()
    for asked in asked_collections(corpus, encoder, seed):
        with tempfile.TemporaryDirectory(prefix="youju-training-") as home:
            collection = Collection(Path(home), asked.documents, encoder, model)
            for question in asked.questions:
                if not question.held_out and (group := _group(collection, question)) is not None:
                    yield group
            collection.close()
        logging.info("%s: %d questions", asked.name, len(asked.questions))


def _group(collection: Collection, question: AskedQuestion) -> Group | None:
    """Return a question's group; None where nothing was found, or nothing that answers it though something does."""
    near = [stored for stored, _ in collection.verdict(question.text, CANDIDATES).passages[:_OPTIONS]]
    foreign = collection.foreign(question.text, _FOREIGN).passages
    found = list({stored.passage_id: stored for stored in (*foreign, *near)}.values())[:_OPTIONS]
    options = [option(stored, question, collection.above(stored)) for stored in found]
    if question.answers and not any(any(one.right) for one in options):
        missed = collection.missed(question.source, question.answers)
        if missed is None or not any((last := option(missed, question, collection.above(missed))).right):
            return None
        options[_OPTIONS - 1 :] = [last]
    return Group(question.text, question.topic, question.kind, tuple(options)) if options else None


def main() -> None:
    """Run the recipe's step."""
    parser = argparse.ArgumentParser(prog="python -m bot.training.groups", description="Make the reader's groups.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the training text (*.jsonl.xz)")
    parser.add_argument("--out", type=Path, required=True, help="file to write (.jsonl.xz)")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.info("%d groups", write_groups(groups(arguments.corpus, arguments.seed), arguments.out))


if __name__ == "__main__":
    main()
