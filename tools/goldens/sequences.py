"""What PyTorch does with embeddings, recurrent layers and packed sequences: the expected values of their tests.

python tools/goldens/sequences.py
"""

import json
from pathlib import Path

import torch
from torch import nn

FOLDER = Path(__file__).parents[2] / "packages/flambeau/src/nn/goldens"


def save(name, value):
    (FOLDER / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")).replace('],"', '],\n"') + "\n")


def seeded(make):
    """The initial values of a layer, and the next random number after them."""
    torch.manual_seed(0)
    state = {key: value.tolist() for key, value in make().state_dict().items()}
    return {"state": state, "next": torch.rand(1).item()}


save("embedding", {
    "seeded": seeded(lambda: nn.Embedding(5, 3, padding_idx=-2)),
    "pretrained": seeded(lambda: nn.EmbeddingBag.from_pretrained(torch.ones(2, 2))),
    "reprs": [repr(layer) for layer in (
        nn.Embedding(10, 3), nn.Embedding(10, 3, padding_idx=-1, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True),
        nn.EmbeddingBag(10, 3), nn.EmbeddingBag(10, 3, mode="sum", padding_idx=0, max_norm=0.5),
    )],
})
