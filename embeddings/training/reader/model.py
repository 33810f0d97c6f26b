"""The model as torch trains it: a BertModel over question, context and text, and a head for each sentence."""

from collections.abc import Sequence

import torch
from transformers import BertModel

from embeddings.contextual import Row


class SentenceScorer(torch.nn.Module):
    """Question and passage read together; a logit a sentence, 0 where it is as likely as "none of these answers"."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.head = torch.nn.Sequential(
            torch.nn.Linear(2 * width, width // 2), torch.nn.GELU(), torch.nn.Linear(width // 2, 1)
        )
        self.none = torch.nn.Parameter(torch.zeros(1))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor, pool: torch.Tensor) -> torch.Tensor:
        """Return ``(rows, sentences)``.

        ``ids``, ``kinds`` and ``mask`` are ``(rows, tokens)``; ``pool`` ``(rows, sentences, tokens)`` takes the mean of
        a sentence's tokens.
        """
        states = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        sentences = pool @ states
        whole = states[:, :1].expand(-1, sentences.shape[1], -1)
        logits: torch.Tensor = self.head(torch.cat([sentences, whole], dim=-1)).squeeze(-1) - self.none
        return logits

    def take_layers(self, other: "SentenceScorer") -> None:
        """Begin as another model of more layers, evenly spread, the last among them."""
        own, given = self.bert.encoder.layer, other.bert.encoder.layer
        step = len(given) / len(own)
        for number, layer in enumerate(own):
            layer.load_state_dict(given[round((number + 1) * step) - 1].state_dict())
        self.bert.embeddings.load_state_dict(other.bert.embeddings.state_dict())
        self.head.load_state_dict(other.head.state_dict())
        self.none.data.copy_(other.none.data)


def as_tensors(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the input of ``SentenceScorer`` for rows, padded to the longest."""
    from embeddings.contextual import as_arrays

    ids, kinds, mask, pool = (torch.from_numpy(array) for array in as_arrays(rows))
    return ids, kinds, mask, pool
