"""The trained model as onnxruntime runs it: one graph, weights of eight bits."""

import json
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from embeddings.contextual import SIZES, STATES, TOKENIZER, WEIGHTS, Lengths, Row
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
    expose_states(folder / WEIGHTS)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    (folder / SIZES).write_text(json.dumps(asdict(lengths)) + "\n", encoding="utf-8")


def expose_states(path: Path) -> None:
    """Make outputs of the graph's token vectors, ``STATES``: of the words, of the middle layer and of the last but one.

    They are computed anyway, so the file grows by their names alone.
    """
    model = onnx.load(str(path))
    made = [output for node in model.graph.node for output in node.output]
    layers = [name for name in made if re.fullmatch(r"/bert/encoder/layer\.\d+/output/LayerNorm/.*_output_0", name)]
    words = next(name for name in made if re.fullmatch(r"/bert/embeddings/LayerNorm/.*_output_0", name))
    for name, source in zip(STATES, (words, layers[(len(layers) - 1) // 2], layers[-2]), strict=True):
        if name not in {output.name for output in model.graph.output}:
            model.graph.node.append(onnx.helper.make_node("Identity", [source], [name]))
            form = onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["rows", "tokens", "width"])
            model.graph.output.append(form)
    onnx.save(model, str(path))
