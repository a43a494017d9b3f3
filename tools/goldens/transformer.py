"""What PyTorch does with attention and transformers: the expected values of their tests.

python tools/goldens/transformer.py
"""

import json
import warnings
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
PATH = Path(__file__).parents[2] / "packages/flambeau/src/nn/goldens/transformer.json"
NONE = float("-inf")


def rounded(tensor):
    """Nine digits are all that float32 has."""
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def state(make):
    torch.manual_seed(0)
    return {key: rounded(value) for key, value in make().state_dict().items()}


def attention(options, call, sizes, train=False):
    """Output, weights and the gradients of the queries and of all parameters, with offsets that are not 0."""
    torch.manual_seed(1)
    module = nn.MultiheadAttention(6, 2, **options).train(train)
    for parameter in module.parameters():
        nn.init.uniform_(parameter, -0.5, 0.5)
    q, k, v = (torch.randn(size) for size in sizes)
    q.requires_grad_()
    masks = {key: value for key, value in call.items()}
    for name in ("attn_mask", "key_padding_mask"):
        if name in masks:
            masks[name] = torch.tensor(masks[name])
    out, weights = module(q, k, v, **masks)
    out.square().sum().backward()
    grads = [q.grad, *(p.grad for p in module.parameters())]
    return {"output": rounded(out), "weights": None if weights is None else rounded(weights), "grads": [rounded(g) for g in grads]}


ALIKE = [(3, 2, 6)] * 3
OTHER = [(3, 2, 6), (4, 2, 6), (4, 2, 6)]
PADDING = [[False, False, True], [False, True, True]]
CAUSAL = [[0.0, NONE, NONE], [0.0, 0.0, NONE], [0.0, 0.0, 0.0]]
ATTENTIONS = {
    "plain": attention({}, {}, ALIKE),
    "blocked": attention({}, {"need_weights": False}, ALIKE),
    "other keys": attention({"bias": False}, {"average_attn_weights": False}, OTHER),
    "widths of their own": attention({"kdim": 4, "vdim": 5}, {"need_weights": False}, [(3, 2, 6), (4, 2, 4), (4, 2, 5)]),
    "further keys": attention({"add_bias_kv": True, "add_zero_attn": True}, {"need_weights": False, "attn_mask": CAUSAL}, ALIKE),
    "further keys, padded": attention({"add_bias_kv": True, "batch_first": True}, {"key_padding_mask": [[False, False, True]] * 3}, [(3, 3, 6)] * 3),
    "padding": attention({}, {"need_weights": False, "key_padding_mask": PADDING}, ALIKE),
    "both masks": attention({"batch_first": True}, {"need_weights": False, "key_padding_mask": PADDING, "attn_mask": CAUSAL}, [(2, 3, 6)] * 3),
    "causal": attention({"batch_first": True}, {"need_weights": False, "is_causal": True, "attn_mask": CAUSAL}, [(2, 3, 6)] * 3),
    "mask a head": attention({}, {"attn_mask": [[[i % 3 == j for j in range(3)] for _ in range(3)] for i in range(4)]}, ALIKE),
    "one sequence": attention({}, {"key_padding_mask": [False, True, False]}, [(3, 6)] * 3),
    "dropout": attention({"dropout": 0.4}, {}, ALIKE, train=True),
    "dropout, blocked": attention({"dropout": 0.4, "batch_first": True}, {"need_weights": False}, [(2, 3, 6)] * 3, train=True),
}


def layer(kind, options, call, train=False):
    torch.manual_seed(2)
    module = kind(4, 2, dim_feedforward=8, **options).train(train)
    x, memory = torch.randn(3, 2, 4, requires_grad=True), torch.randn(3, 2, 4)
    out = module(x, **call) if kind is nn.TransformerEncoderLayer else module(x, memory, **call)
    out.square().sum().backward()
    return {"output": rounded(out), "grad": rounded(x.grad)}


MASK = torch.tensor(CAUSAL)
LAYERS = {
    "encoder": layer(nn.TransformerEncoderLayer, {}, {}, train=True),
    "encoder, normalised first": layer(nn.TransformerEncoderLayer, {"norm_first": True, "activation": "gelu", "bias": False}, {"src_mask": MASK}),
    "encoder, padded": layer(nn.TransformerEncoderLayer, {"activation": F.silu, "batch_first": True}, {"src_key_padding_mask": torch.tensor([[False, True]] * 3)}),
    "decoder": layer(nn.TransformerDecoderLayer, {}, {"tgt_mask": MASK, "tgt_is_causal": True}, train=True),
    "decoder, normalised first": layer(nn.TransformerDecoderLayer, {"norm_first": True}, {"memory_key_padding_mask": torch.tensor([[False, False, True]] * 2)}),
}


def translated():
    torch.manual_seed(3)
    model = nn.Transformer(4, 2, 2, 1, 8).eval()
    src, tgt = torch.randn(3, 2, 4), torch.randn(2, 2, 4)
    return rounded(model(src, tgt, tgt_mask=model.generate_square_subsequent_mask(2), src_key_padding_mask=torch.tensor([[False, False, True]] * 2)))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, nn.LayerNorm(16))
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.encoder(x).mean(1))


def training():
    torch.manual_seed(4)
    net = Classifier()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
    x, y = torch.randn(8, 10, 16), torch.randint(0, 3, (8,))
    losses = []
    for _ in range(20):
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


ENCODER = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, activation=nn.GELU(), batch_first=True), 2, nn.LayerNorm(8))
PATH.write_text(json.dumps({
    "states": {
        "attention": state(lambda: nn.MultiheadAttention(4, 2)),
        "attention of all kinds": state(lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=2, add_bias_kv=True)),
        "encoder": state(lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6), 2)),
        "transformer": state(lambda: nn.Transformer(4, 2, 1, 2, 6, bias=False)),
    },
    "attentions": ATTENTIONS,
    "layers": LAYERS,
    "translated": translated(),
    "losses": training(),
    "reprs": [repr(ENCODER), repr(nn.Transformer(8, 2, 1, 1, 16))],
}, indent=1) + "\n")
