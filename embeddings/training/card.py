"""Write the model card."""

from dataclasses import asdict
from pathlib import Path

from embeddings.training.measure import Figures
from embeddings.training.trainer import Recipe, Run

_TEMPLATE = Path(__file__).with_name("card.md")


def write_card(folder: Path, recipe: Recipe, run: Run, vocabulary: int, window: int, figures: Figures) -> None:
    """Write ``README.md`` beside the weights."""
    text = _TEMPLATE.read_text(encoding="utf-8").format(
        vocabulary=vocabulary,
        dimension=recipe.dimension,
        megabytes=sum(path.stat().st_size for path in folder.rglob("*") if path.name != "README.md") / 1e6,
        matryoshka=min(recipe.matryoshka),
        dimensions=", ".join(map(str, recipe.matryoshka)),
        seed=recipe.seed,
        window=window,
        batch=recipe.batch,
        temperature=recipe.temperature,
        learning_rate=recipe.learning_rate,
        steps=run.steps,
        minutes=run.seconds / 60,
        threads=recipe.threads,
        loss=run.loss,
        **asdict(figures),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
