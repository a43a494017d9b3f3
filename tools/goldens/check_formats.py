"""Has PyTorch and safetensors read what Flambeau writes, and records the digests of the files that they read right.

Run after `npm run build`, with an environment that has torch 2.13, numpy and safetensors. The tests compare the digests.
"""

import collections
import hashlib
import json
import math
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

import safetensors.torch
import torch

HERE = Path(__file__).resolve().parent
DIGESTS = HERE.parents[1] / "packages/flambeau/src/io/goldens/written.json"


def same(a, b):
    assert a.dtype == b.dtype and a.shape == b.shape and torch.equal(a, b), (a, b)


def check_weights(weights):
    same(weights["conv.weight"], torch.arange(18).reshape(2, 1, 3, 3) / 8)
    same(weights["conv.bias"], torch.tensor([0.5, -0.5]))
    same(weights["bn.num_batches_tracked"], torch.tensor(7))
    same(weights["Ä"], torch.tensor([True, False]))
    same(weights["empty"], torch.zeros(0, 4))
    assert len(weights) == 5


def check_views(views):
    base = torch.arange(12.0).reshape(3, 4)
    for name, want in {"base": base, "transposed": base.t(), "row": base[1], "stepped": base[:, ::2], "scalar": base[2, 3]}.items():
        same(views[name], want)
        assert views[name].stride() == want.stride() and views[name].storage_offset() == want.storage_offset()
    assert len({v.untyped_storage().data_ptr() for v in views.values()}) == 1
    views["base"][1, 0] = 100
    assert views["row"][0] == 100 and views["transposed"][0, 1] == 100


def check_training(checkpoint):
    param = torch.nn.Parameter(torch.tensor([1.5, 2.5]))
    adam = torch.optim.Adam([param])
    adam.load_state_dict(checkpoint["optimizer"])
    assert adam.state[param]["step"] == 1 and adam.state[param]["exp_avg"].tolist() == [0, 0]
    group = adam.param_groups[0]
    assert (group["lr"], group["betas"], group["weight_decay"], group["amsgrad"]) == (0.25, (0.5, 0.75), 0, False)
    param.sum().backward()
    adam.step()
    assert adam.state[param]["step"] == 2 and (param < torch.tensor([1.5, 2.5])).all()
    parameter, frozen, leaf = checkpoint["parameter"], checkpoint["frozen"], checkpoint["leaf"]
    assert isinstance(parameter, torch.nn.Parameter) and parameter.requires_grad and parameter.tolist() == [1, 2, 3.5]
    assert isinstance(frozen, torch.nn.Parameter) and not frozen.requires_grad
    assert leaf.requires_grad and not isinstance(leaf, torch.nn.Parameter)


def check_plain(checkpoint):
    assert checkpoint["epoch"] == 3 and type(checkpoint["epoch"]) is int
    numbers = [0, 255, 256, 65536, -1, 2**31, 2**53 - 1, 2**70, -(2**63), 0.1, -0.0, 1e300]
    assert checkpoint["numbers"] == numbers and [type(n) for n in checkpoint["numbers"]] == [type(n) for n in numbers]
    assert math.copysign(1, checkpoint["numbers"][10]) == -1
    assert checkpoint["text"] == "Ä 漢字 🔥"
    assert checkpoint["bytes"] == b"\x00\xff\x80"
    assert checkpoint["set"] == {"a", "b"}
    assert checkpoint["complex"] == 1 - 2j
    assert checkpoint["tuples"] == ((), (1,), (1, 2, 3, 4))
    assert checkpoint["long"] == list(range(1001))
    assert checkpoint["none"] is None


def check_checkpoint(path):
    for options in {}, {"mmap": True}:
        checkpoint = torch.load(path, weights_only=True, **options)
        assert isinstance(checkpoint["model"], collections.OrderedDict)
        check_weights(checkpoint["model"])
        check_training(checkpoint)
        check_plain(checkpoint)
        dtypes = {"float32": [1.5, -math.inf], "float64": [0.1], "int64": [-(2**53) + 1], "int32": [-5], "uint8": [0, 255], "bool": [True, False]}
        for name, values in dtypes.items():
            same(checkpoint["dtypes"][name], torch.tensor(values, dtype=getattr(torch, name)))
        check_views(checkpoint["views"])


def check_archive(path):
    """The archive is sound for any zip tool, and every entry's data begins at a multiple of 64."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        data = path.read_bytes()
        for entry in archive.infolist():
            name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
            assert (entry.header_offset + 30 + name + extra) % 64 == 0, entry.filename


def check_safetensors(path):
    check_weights(safetensors.torch.load_file(path))
    with safetensors.safe_open(path, "pt") as file:
        assert file.metadata() == {"format": "pt"}


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    subprocess.run(["node", HERE / "write-formats.mjs", folder], check=True)
    for name in "checkpoint.pth", "wide.pth":
        check_checkpoint(folder / name)
        check_archive(folder / name)
    check_safetensors(folder / "model.safetensors")
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}

DIGESTS.write_text(json.dumps(digests, indent=2) + "\n")
print(f"PyTorch {torch.__version__} reads {', '.join(digests)}")
