"""Make the built-in encoder: ``python -m embeddings.training --corpus FOLDER --out FOLDER``."""

import argparse
import logging
import random
from pathlib import Path

from embeddings.training.card import write_card
from embeddings.training.corpus import Corpus, read_corpus
from embeddings.training.initial import WINDOW, initial_vectors
from embeddings.training.material import prepare
from embeddings.training.measure import measure
from embeddings.training.pairs import PairMaker
from embeddings.training.trainer import Recipe, build_model, save, train
from embeddings.training.vocabulary import learn_tokenizer

VOCABULARY = 32_000


def vocabulary_lines(corpus: Corpus, seed: int) -> list[str]:
    """Return the text that words are chosen from, shuffled; questions count four times, old sentences less."""
    lines = [paragraph.text for document in corpus.documents for paragraph in document.paragraphs]
    lines += [paragraph.text for paragraph in corpus.question_texts for _ in range(4)]
    lines += [question.text for question in corpus.questions for _ in range(4)]
    lines += [modern for _, modern in corpus.pairs[::2]] + [classical for classical, _ in corpus.pairs[::8]]
    random.Random(seed).shuffle(lines)
    return lines


def main() -> None:
    """Run the whole recipe; progress goes to the log."""
    default = Recipe()
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the training text")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--steps", type=int, default=default.steps)
    parser.add_argument("--minutes", type=float, default=default.minutes, help="stop here at the latest")
    parser.add_argument("--threads", type=int, default=default.threads)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logger = logging.getLogger("embeddings.training")
    recipe = Recipe(seed=arguments.seed, steps=arguments.steps, minutes=arguments.minutes, threads=arguments.threads)

    corpus = read_corpus(arguments.corpus)
    lexicon = {word for sense in corpus.synonyms for word in sense}
    tokenizer = learn_tokenizer(vocabulary_lines(corpus, recipe.seed), lexicon, VOCABULARY)
    logger.info("vocabulary of %d", tokenizer.get_vocab_size())
    material = prepare(corpus, tokenizer)
    vectors = initial_vectors(material, tokenizer.get_vocab_size(), recipe.dimension, recipe.seed)
    logger.info("initial vectors")
    model = build_model(tokenizer, vectors)
    run = train(model, PairMaker(material, recipe.seed), recipe, lambda step: save(model, arguments.out))
    save(model, arguments.out)
    figures = measure(model, corpus)
    write_card(arguments.out, recipe, run, tokenizer.get_vocab_size(), WINDOW, figures)
    logger.info("saved %s after %d steps, %.0f s", arguments.out, run.steps, run.seconds)


if __name__ == "__main__":
    main()
