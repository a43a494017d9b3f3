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


def rounded(tensor):
    """Elements with the digits that a comparison within 1e-5 needs."""
    def one(value):
        return [one(item) for item in value] if isinstance(value, list) else float(f"{value:.7g}")
    return one(tensor.tolist())


def run(make, *arguments):
    """Output and last states of a seeded layer, and the gradients of its weights for the sum of squares of everything."""
    torch.manual_seed(0)
    layer = make()
    output, states = layer(*arguments)
    rows = output.data if isinstance(output, nn.utils.rnn.PackedSequence) else output
    states = list(states) if isinstance(states, tuple) else [states]
    sum(value.square().sum() for value in [rows, *states]).backward()
    return {
        "output": rounded(rows),
        "states": [rounded(state) for state in states],
        "grads": {name: rounded(weight.grad) for name, weight in layer.named_parameters()},
    }


def wave(*shape):
    return torch.sin(torch.arange(1, 1 + torch.Size(shape).numel()).float()).reshape(shape)


def packed():
    return nn.utils.rnn.pack_padded_sequence(wave(4, 3, 2), [2, 4, 1], enforce_sorted=False)


def cells(make, states):
    torch.manual_seed(0)
    cell = make()
    values = cell(wave(2, 3), states)
    return [rounded(value) for value in (values if isinstance(values, tuple) else [values])]


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(50, 8, padding_idx=0)
        self.lstm = nn.LSTM(8, 12, num_layers=2, bidirectional=True, dropout=0.2, batch_first=True)
        self.classify = nn.Linear(24, 3)

    def forward(self, words, lengths):
        rows = nn.utils.rnn.pack_padded_sequence(self.embedding(words), lengths, batch_first=True, enforce_sorted=False)
        _, (hidden, _) = self.lstm(rows)
        return self.classify(torch.cat([hidden[-2], hidden[-1]], 1))


def losses():
    torch.manual_seed(0)
    net = Classifier()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    words = torch.randint(1, 50, (16, 10))
    lengths = torch.randint(1, 11, (16,))
    target = torch.randint(0, 3, (16,))
    found = []
    for _ in range(20):
        loss = nn.functional.cross_entropy(net(words, lengths), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return found


RNN, LSTM, GRU = nn.RNN, nn.LSTM, nn.GRU
SEQUENCES = [wave(2, 2), wave(3, 2), wave(1, 2)]
PADDED, LENGTHS = nn.utils.rnn.pad_packed_sequence(packed(), batch_first=True, padding_value=-1.0, total_length=5)
PACKED = packed()

save("recurrent", {
    "seeded": seeded(lambda: LSTM(2, 3, num_layers=2, bidirectional=True, proj_size=1)),
    "runs": {
        "lstm": run(lambda: LSTM(2, 3), wave(4, 2, 2)),
        "lstm states": run(lambda: LSTM(2, 3, batch_first=True), wave(2, 4, 2), (wave(1, 2, 3), wave(1, 2, 3))),
        "lstm one sequence": run(lambda: LSTM(2, 3, bias=False), wave(4, 2), (wave(1, 3), wave(1, 3))),
        "lstm packed": run(lambda: LSTM(2, 3, num_layers=2, bidirectional=True), packed(), (wave(4, 3, 3), wave(4, 3, 3))),
        "lstm projected": run(lambda: LSTM(2, 3, num_layers=2, bidirectional=True, proj_size=2), packed()),
        "lstm dropout": run(lambda: LSTM(2, 8, num_layers=3, dropout=0.4), wave(4, 2, 2)),
        "lstm dropout batch first": run(lambda: LSTM(2, 8, num_layers=2, dropout=0.4, bidirectional=True, batch_first=True), wave(2, 4, 2)),
        "gru": run(lambda: GRU(2, 3, num_layers=2, bidirectional=True), wave(4, 2, 2)),
        "gru packed": run(lambda: GRU(2, 3, bidirectional=True), packed(), wave(2, 3, 3)),
        "gru one sequence": run(lambda: GRU(2, 3), wave(4, 2), wave(1, 3)),
        "rnn": run(lambda: RNN(2, 3, num_layers=2), wave(4, 2, 2)),
        "rnn relu packed": run(lambda: RNN(2, 3, nonlinearity="relu", bidirectional=True), packed()),
    },
    "cells": {
        "lstm": cells(lambda: nn.LSTMCell(3, 4), (wave(2, 4), wave(2, 4))),
        "gru": cells(lambda: nn.GRUCell(3, 4), wave(2, 4)),
        "rnn": cells(lambda: nn.RNNCell(3, 4, bias=False), wave(2, 4)),
        "relu": cells(lambda: nn.RNNCell(3, 4, nonlinearity="relu"), None),
    },
    "packed": {name: getattr(PACKED, name).tolist() for name in ("data", "batch_sizes", "sorted_indices", "unsorted_indices")},
    "padded": [PADDED.tolist(), LENGTHS.tolist()],
    "padSequence": [
        nn.utils.rnn.pad_sequence(SEQUENCES, batch_first=True, padding_value=9.0).tolist(),
        nn.utils.rnn.pad_sequence(SEQUENCES, padding_side="left").tolist(),
    ],
    "losses": losses(),
    "reprs": [repr(layer) for layer in (
        LSTM(4, 5), LSTM(4, 5, 2, bias=False, batch_first=True, dropout=0.5, bidirectional=True, proj_size=2), GRU(4, 5, num_layers=3),
        RNN(4, 5, nonlinearity="relu"), nn.LSTMCell(4, 5), nn.GRUCell(4, 5, bias=False), nn.RNNCell(4, 5, nonlinearity="relu"),
    )],
})
