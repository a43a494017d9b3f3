"""Writes packages/flambeau/src/tensor/goldens/printing.json: tensors and how PyTorch 2.13 prints them.

`make` tells the test how to make the tensor: elements, dtype and shape, or the numbers 0, 1, … divided by `over`.
"""

import json
from pathlib import Path

import torch

FOLDER = Path(__file__).resolve().parents[2] / "packages/flambeau/src/tensor/goldens"
NAN, INF = float("nan"), float("inf")
CASES = [
    ([[1, 2], [3, 4]], "float32", {}),
    ([1.5, -2.25, 3.125], "float32", {}),
    ([0.03125, 0.09375, -0.15625], "float32", {}),
    ([1e-5, 1.0], "float32", {}),
    ([1e9, 1.0], "float32", {}),
    ([12345678.0, 100.0], "float32", {}),
    ([1e12, 2e12], "float64", {}),
    ([NAN, 1.0, INF, -INF, -0.0], "float32", {}),
    ([NAN, 1.5, INF, -INF, -0.0], "float32", {}),
    ([NAN, 1e-7, INF, -3e5, 0.0], "float32", {}),
    ([NAN, NAN], "float32", {}),
    ([0.0, -0.0], "float64", {}),
    ([[0.1, 0.2, 0.3]], "float64", {}),
    ([1, -20, 300], "int64", {}),
    ([1, 2], "int32", {}),
    ([[0, 255]], "uint8", {}),
    ([True, False], "bool", {}),
    ([[True], [True]], "bool", {}),
    (3, "int64", {}),
    (2.5, "float32", {}),
    (True, "bool", {}),
    (1e30, "float32", {}),
    (float("nan"), "float64", {}),
    ([1.0, 2.0], "float32", {"requiresGrad": True}),
    ([[0.5] * 8] * 2, "float64", {"requiresGrad": True}),
    ([0.123456789, 10.0], "float32", {"options": {"precision": 2}}),
    ([0.125, 0.375, 2.5], "float32", {"options": {"precision": 0}}),
    ([0.5, 1.5], "float32", {"options": {"sciMode": True}}),
    ([1e-7, 1.5], "float32", {"options": {"sciMode": False}}),
    (list(range(30)), "int64", {"options": {"linewidth": 40}}),
    (list(range(30)), "float32", {"options": {"threshold": 10, "edgeitems": 2}}),
]
COUNTED = [
    ([30], "float32", 1),
    ([30], "float32", 7),
    ([1001], "int64", 1),
    ([1000], "int64", 1),
    ([2, 3, 4], "float32", 1),
    ([2, 3, 4, 2], "int64", 1),
    ([20, 60], "float32", 3),
    ([10, 11, 12], "float32", 1),
    ([3, 500], "int32", 1),
    ([500, 3], "float64", 9),
    ([0], "float32", 1),
    ([0, 3], "float32", 1),
    ([0, 3], "int64", 1),
    ([0], "bool", 1),
    ([2, 0, 3], "float64", 1),
]
SNAKE = {"sciMode": "sci_mode"}


def text(value):
    return str(value) if isinstance(value, float) and (value != value or abs(value) == INF or str(value) == "-0.0") else value


def plain(data):
    return [plain(item) for item in data] if isinstance(data, list) else text(data)


def main():
    out = []
    for data, dtype, extra in CASES:
        torch.set_printoptions(profile="default", sci_mode=None)
        options = extra.get("options", {})
        torch.set_printoptions(**{SNAKE.get(key, key): value for key, value in options.items()})
        tensor = torch.tensor(data, dtype=getattr(torch, dtype), requires_grad=extra.get("requiresGrad", False))
        out.append({"data": plain(data), "dtype": dtype, **extra, "text": str(tensor)})
    torch.set_printoptions(profile="default", sci_mode=None)
    for shape, dtype, over in COUNTED:
        count = torch.Size(shape).numel()
        tensor = (torch.arange(count, dtype=torch.float64) / over).to(getattr(torch, dtype)).view(shape)
        out.append({"shape": shape, "over": over, "dtype": dtype, "text": str(tensor)})
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "printing.json").write_text("[\n" + ",\n".join(json.dumps(case, allow_nan=False) for case in out) + "\n]\n")


main()
