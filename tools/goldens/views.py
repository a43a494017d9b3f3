"""Changes of views in place, inside recorded graphs: packages/flambeau/src/autograd/goldens/views.json.

Each program takes a leaf x (3, 4) and gives a result. Stored are the result, the gradient of the sum of its squares, and the gradient of
the sum of that gradient's squares. packages/flambeau/src/autograd/views.test.ts has the same programs under the same names.

    python tools/goldens/views.py
"""
import json
import pathlib

import torch

W = torch.linspace(0.5, 1.5, 4, dtype=torch.float64)


def part_of_product(x):
    y = x * x
    y[0].fill_(1)
    return y * x


def scaled_row(x):
    y = x.sin()
    y[1].mul_(x[0])
    return y


def strided_part(x):
    y = x.sin()
    y[:, 1:4:2].mul_(x[:, 0:2]).add_(1)
    return y


def view_of_view(x):
    y = x * 2
    y.t()[1:3].narrow(1, 0, 2).pow_(3)
    return y


def earlier_view_of_changed_base(x):
    y = x * 2
    row = y[2]
    y.mul_(x)
    return row * W


def sibling_view(x):
    y = x * x
    column, row = y[:, 1], y[1]
    row.mul_(3)
    column.mul_(x[:, 0])
    return torch.cat([column, row, y.flatten()])


def rows_into_zeros(x):
    out = torch.zeros(3, 4, dtype=torch.float64)
    for i in range(3):
        out[i].copy_(x[i] * x[(i + 1) % 3])
    return out


def view_keeps_following(x):
    out = torch.zeros(2, 4, dtype=torch.float64)
    out[0].copy_(x[0].sin())
    row = out[1]
    row.copy_(x[1] * x[2])
    row.mul_(2)
    return row * out[0]


def out_of_place_within(x):
    y = x * 1
    y[:, 1:].cumsum_(1)
    return y * x


def reshaped(x):
    y = x.cos()
    y.view(2, 6)[0].sub_(x.view(-1)[6:])
    return y


def diagonal(x):
    y = x * x
    y.diagonal().mul_(x[:, 3])
    return y


def squeezed_and_expanded(x):
    y = x.sum(1, keepdim=True)
    y.squeeze(1).mul_(2)
    return y.expand(3, 4) * x


def saved_result(x):
    y = x * 2
    y[0].sigmoid_()
    return y.narrow(1, 1, 2)


def gradients(program):
    x = (torch.arange(12, dtype=torch.float64).reshape(3, 4) * 0.17 - 0.6).requires_grad_()
    out = program(x)
    (first,) = torch.autograd.grad(out.square().sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.square().sum(), x)
    return {name: value.flatten().tolist() for name, value in [("out", out), ("first", first), ("second", second)]}


PROGRAMS = [
    part_of_product, scaled_row, strided_part, view_of_view, earlier_view_of_changed_base, sibling_view, rows_into_zeros,
    view_keeps_following, out_of_place_within, reshaped, diagonal, squeezed_and_expanded, saved_result,
]

if __name__ == "__main__":
    target = pathlib.Path(__file__).parents[2] / "packages/flambeau/src/autograd/goldens/views.json"
    target.parent.mkdir(exist_ok=True)
    lines = [f'"{program.__name__}": {json.dumps(gradients(program))}' for program in PROGRAMS]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
