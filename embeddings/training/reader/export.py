"""The trained model as onnxruntime runs it: one graph, weights of eight bits."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from embeddings.contextual import SIZES, TOKENIZER, WEIGHTS, Lengths, Row
from embeddings.training.reader.model import SentenceScorer, as_tensors

_AXES = {
    "ids": {0: "rows", 1: "tokens"}, "kinds": {0: "rows", 1: "tokens"}, "mask": {0: "rows", 1: "tokens"},
    "pool": {0: "rows", 1: "sentences", 2: "tokens"}, "logits": {0: "rows", 1: "sentences"},
}  # fmt: skip


def export(model: SentenceScorer, tokenizer: Tokenizer, lengths: Lengths, folder: Path) -> None:
    """Write a folder that ``ContextReader.load`` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    example = as_tensors([Row((0, 5, 2), (0, 0, 0), ((1, 2),)), Row((0, 5, 6, 2), (0, 0, 0, 0), ((1, 2), (2, 3)))])
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "model.onnx"
        torch.onnx.export(
            model, example, str(whole), input_names=[*_AXES][:4], output_names=["logits"], dynamic_axes=_AXES,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        # Unsigned activations, signed weights with a scale for each output: the fastest kernels on most processors.
        quantize_dynamic(
            str(whole), str(folder / WEIGHTS), weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    (folder / SIZES).write_text(json.dumps(asdict(lengths)) + "\n", encoding="utf-8")
