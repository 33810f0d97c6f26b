"""A language model made on the spot: a few hundred kilobytes in llama.cpp's format that write what they are told to.

Its one layer adds nothing; each token's vector is its own axis, and the output turns it into the next token's. So after
``GO`` it writes its pieces in order and ends, whatever it was asked: a real program runs it, nothing is learned.
"""

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np

GO = "<go>"
_TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}" + GO
_HEADS = 4
_FEED_FORWARD = 32
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6


def write_model(path: Path, pieces: Sequence[str]) -> None:
    """Write a model that says ``pieces`` one after another; they are all different."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), GO, *pieces]
    kinds = [_UNKNOWN, _CONTROL, _CONTROL, *[_BYTE] * 256, _CONTROL, *[_NORMAL] * len(pieces)]
    size = -(-len(tokens) // 32) * 32
    tokens += [f"<unused{number}>" for number in range(size - len(tokens))]
    kinds += [_CONTROL] * (size - len(kinds))
    first, end = tokens.index(GO), 2
    following = np.full(size, end)
    following[first : first + len(pieces)] = np.arange(first + 1, first + 1 + len(pieces))
    output = np.zeros((size, size), np.float32)
    output[following, np.arange(size)] = 1.0

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(8192)
    writer.add_embedding_length(size)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_FEED_FORWARD)
    writer.add_head_count(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(size // _HEADS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * size)
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(end)
    writer.add_unk_token_id(0)
    writer.add_chat_template(_TEMPLATE)
    one, flat = np.ones(size, np.float32), np.zeros((size, size), np.float32)
    tensors = {
        "token_embd.weight": np.eye(size, dtype=np.float32), "output.weight": output, "output_norm.weight": one,
        "blk.0.attn_norm.weight": one, "blk.0.ffn_norm.weight": one,
        **{f"blk.0.attn_{name}.weight": flat for name in ("q", "k", "v", "output")},
        **{f"blk.0.ffn_{name}.weight": np.zeros((_FEED_FORWARD, size), np.float32) for name in ("gate", "up")},
        "blk.0.ffn_down.weight": np.zeros((size, _FEED_FORWARD), np.float32),
    }  # fmt: skip
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
