"""Writes packages/flambeau/src/ops/goldens/FAMILY.json: what PyTorch 2.13 makes of the samples beside the ops.

Build first (npm run build); then: python tools/goldens/ops.py [FAMILY ...]
One entry a sample: the results with dtype, shape and elements, which of them share memory with the first argument
(with their strides), and the gradient of each floating-point argument for the cotangents cos(1), cos(2), …
"""

import json
import re
import subprocess
import sys
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "packages/flambeau/src/ops/goldens"
DTYPES = ("float32", "float64", "int64", "int32", "uint8", "bool")


def snake(name):
    return re.sub(r"(?<!^)([A-Z]+)", lambda found: "_" + found.group(1).lower(), name)


def decode(value):
    if isinstance(value, dict):
        if "number" in value:
            return float(value["number"].replace("Infinity", "inf"))
        if "tensor" in value:
            return decode_tensor(value)
        return {snake(key): decode(item) for key, item in value["options"].items()}
    if isinstance(value, list):
        return [decode(item) for item in value]
    if value in DTYPES and isinstance(value, str):
        return getattr(torch, value)
    return value


def decode_tensor(value):
    dtype, shape, strides = getattr(torch, value["tensor"]), value["shape"], value["strides"]
    flat = torch.tensor([decode(x) for x in value["data"]], dtype=dtype)
    extent = 1 + sum((size - 1) * step for size, step in zip(shape, strides)) if flat.numel() else 0
    memory = torch.zeros(extent, dtype=dtype)
    places = torch.zeros(shape, dtype=torch.int64)
    for dim, (size, step) in enumerate(zip(shape, strides)):
        places += (torch.arange(size) * step).view([-1] + [1] * (len(shape) - dim - 1))
    memory[places.flatten()] = flat
    return memory.as_strided(shape, strides)


def index(items):
    """An argument of `at` as an index of Python."""
    def one(item):
        if isinstance(item, str) and ":" in item:
            return slice(*[int(part) if part else None for part in item.split(":")])
        return ... if item == "..." else item
    return tuple(one(item) for item in items)


# Ops that are called otherwise in PyTorch.
CALLS = {
    "rsub": torch.rsub,
    "where": torch.where,
    "mT": lambda self: self.mT,
    "slice": lambda self, dim, start=None, end=None, step=1: torch.ops.aten.slice(self, dim, start, end, step),
    "at": lambda self, *items: self[index(items)],
    "sumToSize": lambda self, shape: self.sum_to_size(shape),
    "newZeros": lambda self, shape: self.new_zeros(shape),
    "newOnes": lambda self, shape: self.new_ones(shape),
    "hardtanh": F.hardtanh,
    "logSigmoid": F.logsigmoid,
    "linear": F.linear,
    "dropout": F.dropout,
    "toArray": lambda self: self.tolist(),
    "tensor": lambda data, **options: torch.tensor(data, **options),
    "unflatten": lambda self, dim, sizes: self.unflatten(dim, sizes),
    "conv2d": lambda input, weight, bias=None, **options: F.conv2d(input, weight, bias, **options),
    **{f"{kind}Pool{rank}d": getattr(F, f"{name}_pool{rank}d") for kind, name in
       {"avg": "avg", "max": "max", "adaptiveAvg": "adaptive_avg", "adaptiveMax": "adaptive_max", "lp": "lp"}.items() for rank in (1, 2)},
    "maxUnpool1d": F.max_unpool1d,
    "maxUnpool2d": F.max_unpool2d,
    "conv1d": lambda input, weight, bias=None, **options: F.conv1d(input, weight, bias, **options),
    "convTranspose1d": lambda input, weight, bias=None, **options: F.conv_transpose1d(input, weight, bias, **options),
    "convTranspose2d": lambda input, weight, bias=None, **options: F.conv_transpose2d(input, weight, bias, **options),
    "layerNorm": lambda input, shape, **options: F.layer_norm(input, [shape] if isinstance(shape, int) else shape, **options),
    "l1Loss": F.l1_loss,
    "smoothL1Loss": F.smooth_l1_loss,
    "oneHot": lambda self, num_classes=-1: F.one_hot(self, num_classes),
    "setAt": lambda self, items, value: set_at(self, items, value),
    "norm": lambda self, p=2, **options: torch.norm(self, p, **options) if "dim" in options or not options else torch.norm(self, p, dim=tuple(range(self.ndim)), **options),
    "roll": lambda self, shifts, dims=None: torch.roll(self, shifts, dims) if dims is not None else torch.roll(self, shifts),
}


def recurrent(function):
    """PyTorch's recurrent nets take their options in order, and packed rows with their sizes as an overload."""
    def call(input, hx, params, num_layers=1, has_biases=True, dropout=0.0, train=False, bidirectional=False, batch_first=False, batch_sizes=None):
        directions = 2 if bidirectional else 1
        if hx is None:
            batch = batch_sizes[0] if batch_sizes else input.shape[0 if batch_first else 1]
            zeros = lambda width: torch.zeros(num_layers * directions, batch, width, dtype=input.dtype)
            hx = [zeros(params[1].shape[1]), zeros(params[0].shape[0] // 4)] if function is torch.lstm else zeros(params[1].shape[1])
        rule = [hx, params, has_biases, num_layers, dropout, train, bidirectional]
        if batch_sizes:
            return function(input, torch.tensor(batch_sizes), *rule)
        return function(input, *rule, batch_first)
    return call


CALLS.update({
    "lstm": recurrent(torch.lstm),
    "gru": recurrent(torch.gru),
    "rnnTanh": recurrent(torch.rnn_tanh),
    "rnnRelu": recurrent(torch.rnn_relu),
    "lstmCell": lambda input, hx, *weights: torch.lstm_cell(input, hx, *weights),
    "gruCell": lambda input, hx, *weights: torch.gru_cell(input, hx, *weights),
    "rnnTanhCell": lambda input, hx, *weights: torch.rnn_tanh_cell(input, hx, *weights),
    "rnnReluCell": lambda input, hx, *weights: torch.rnn_relu_cell(input, hx, *weights),
})


def set_at(self, items, value):
    out = self.clone()
    out[index(items)] = value
    return out


def find(name, family):
    if name in CALLS:
        return CALLS[name]
    name = snake(name)
    places = (F, torch.Tensor, torch) if family in FUNCTIONAL else (torch.Tensor, torch, F)
    for place in places:
        if hasattr(place, name):
            return getattr(place, name)
    raise AttributeError(f"PyTorch has no {name}")


FUNCTIONAL = {"activation", "convolution", "pooling", "normalization", "loss", "nll", "padding", "embedding", "linear", "conv-transpose", "group-norm", "attention", "activation-formulas", "interpolation", "distance", "likelihood-loss", "margin-loss"}

# Families that are compared bit for bit.
RANDOM = {"random", "drawing", "multinomial"}


def tensors_in(value, found):
    if isinstance(value, torch.Tensor):
        found.append(value)
    elif isinstance(value, dict):
        for item in value.values():
            tensors_in(item, found)
    elif isinstance(value, (list, tuple)):
        for item in value:
            tensors_in(item, found)
    return found


def numbers(tensor, double_digits):
    """Elements with as many digits as their dtype has."""
    if not tensor.dtype.is_floating_point:
        return [int(x) for x in tensor.flatten().tolist()]
    digits = 9 if tensor.dtype == torch.float32 else double_digits
    return [str(x) if x != x or abs(x) == float("inf") else float(f"{x:.{digits}g}") for x in tensor.detach().flatten().tolist()]


def describe(value, source, double_digits):
    if not isinstance(value, torch.Tensor):
        return {"plain": value}
    out = {"dtype": str(value.dtype)[6:], "shape": list(value.shape), "data": numbers(value, double_digits)}
    if source is not None and value.numel() and value.untyped_storage().data_ptr() == source.untyped_storage().data_ptr():
        out["strides"] = list(value.stride())
    return out


def evaluate(function, args, constant, double_digits):
    inputs = tensors_in(args, [])
    floats = [t for t in inputs if t.dtype.is_floating_point]
    floats = [t for i, t in enumerate(floats) if i not in constant]
    for t in floats:
        t.requires_grad_()
    options = args.pop() if args and isinstance(args[-1], dict) else {}
    if args and isinstance(args[0], torch.Tensor) and not args[0].is_leaf:
        args[0] = args[0].detach()
    torch.manual_seed(0)
    result = function(*args, **options)
    plain = not isinstance(result, torch.Tensor) and not tensors_in(result, [])
    outputs = [result] if plain else tensors_in(list(result) if not isinstance(result, torch.Tensor) else result, [])
    entry = {"out": [describe(value, inputs[0] if inputs else None, double_digits) for value in outputs]}
    differentiable = [value for value in outputs if isinstance(value, torch.Tensor) and value.requires_grad]
    if differentiable:
        seeds = [torch.cos(torch.arange(1, value.numel() + 1, dtype=torch.float64)).to(value.dtype).view(value.shape) for value in differentiable]
        try:
            grads = torch.autograd.grad(differentiable, floats, seeds, allow_unused=True)
        except RuntimeError as error:
            if "derivative" not in str(error):
                raise
            return entry
        entry["grads"] = [None if grad is None else numbers(grad, double_digits) for grad in grads]
    return entry


def main():
    samples = json.loads(subprocess.run(["node", HERE / "samples.mjs"], check=True, capture_output=True).stdout)
    FOLDER.mkdir(exist_ok=True)
    for family, ops in samples.items():
        if sys.argv[1:] and family not in sys.argv[1:]:
            continue
        lines = []
        for name, trials in ops.items():
            entries = []
            for i, trial in enumerate(trials):
                try:
                    entry = evaluate(find(name, family), decode(trial["args"]), trial["constant"], 17 if family in RANDOM else 14)
                except (RuntimeError, TypeError, ValueError, IndexError, NotImplementedError, AttributeError) as error:
                    print(f"{family}.{name}[{i}]: {str(error).splitlines()[0]}", file=sys.stderr)
                    entry = {"error": str(error).splitlines()[0]}
                entries.append(json.dumps(entry, separators=(",", ":"), allow_nan=False))
            lines.append(f"{json.dumps(name)}:[\n" + ",\n".join(entries) + "\n]")
        (FOLDER / f"{family}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
