"""An encoder by its name."""

from pathlib import Path

from embeddings.contract import Encoder

BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).parent / "models" / "youju-static-zh"
READER_FOLDER = Path(__file__).parent / "models" / "youju-reader"
"""The built-in model that reads in context."""


def load_encoder(name: str) -> Encoder:
    """Load ``'builtin'``, a model folder, or a model of the hub by its name.

    The module of the chosen kind is imported here, so that the built-in encoder never pays for torch.
    Raises EncoderLoadError where there is no such model or it cannot be had.
    """
    if name == BUILTIN:
        from embeddings.static import StaticEncoder

        return StaticEncoder.load(BUILTIN_FOLDER)
    from embeddings.transformer import TransformerEncoder

    return TransformerEncoder.load(name)
