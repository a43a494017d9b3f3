"""Writes packages/flambeau/src/io/goldens: files of PyTorch, NumPy and safetensors, and in expected.json what they hold.

Run with an environment that has torch 2.13, numpy and safetensors. Keys of a legacy file are addresses, so legacy files change from run to run.
"""

import collections
import copy
import hashlib
import io
import json
import pickle
import struct
import warnings
import zipfile
from pathlib import Path

import numpy
import safetensors.torch
import torch
from torch import nn

warnings.filterwarnings("ignore")
FOLDER = Path(__file__).resolve().parents[2] / "packages/flambeau/src/io/goldens"
FOLDER.mkdir(exist_ok=True)


class Describer:
    """Plain JSON that says all about a value: the test describes what it loaded in the same way."""

    def __init__(self):
        self.storages = {}
        self.digests = []

    def storage(self, tensor):
        storage = tensor.untyped_storage()
        if storage._cdata not in self.storages:
            self.storages[storage._cdata] = len(self.digests)
            raw = bytes(storage)
            self.digests.append(raw.hex() if len(raw) <= 64 else "sha256:" + hashlib.sha256(raw).hexdigest())
        return self.storages[storage._cdata]

    def tensor(self, t):
        return {
            "tensor": str(t.dtype).removeprefix("torch."),
            "shape": list(t.shape),
            "strides": list(t.stride()),
            "offset": t.storage_offset(),
            "storage": self.storage(t),
            "requiresGrad": t.requires_grad,
            "parameter": isinstance(t, nn.Parameter),
        }

    def __call__(self, value):
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, numpy.ndarray):
            return {"array": value.dtype.newbyteorder("<").str, "shape": list(value.shape), "values": value.astype("<f8").ravel().tolist()}
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, numpy.generic):
            value = value.item()
        if isinstance(value, int) and abs(value) >= 2**53:
            return {"bigint": str(value)}
        if isinstance(value, (int, float)):
            return {"number": struct.pack(">d", value).hex()}
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        if isinstance(value, (bytes, bytearray)):
            return {"bytes": value.hex()}
        if isinstance(value, dict):
            return {"dict": [[self(k), self(v)] for k, v in value.items()]}
        if isinstance(value, (set, frozenset)):
            return {"set": [self(v) for v in sorted(value)]}
        if isinstance(value, tuple):
            return {"tuple": [self(v) for v in value]}
        if isinstance(value, list):
            return {"list": [self(v) for v in value]}
        raise TypeError(type(value))


expected = {}


def describe(name, value):
    describer = Describer()
    expected[name] = {"value": describer(value), "storages": describer.digests}


def save(name, value, **options):
    torch.save(value, FOLDER / name, **options)
    describe(name, value)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3)
        self.bn = nn.BatchNorm2d(3)
        self.fc = nn.Linear(3 * 4 * 4, 5)

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).flatten(1))


class Bare(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x: torch.Tensor):
        return x * self.weight


def checkpoint():
    net = Net()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.randn(2, 1, 6, 6)).square().mean().backward()
        optimizer.step()
    return {"epoch": 3, "model": net.state_dict(), "optimizer": optimizer.state_dict(), "rng": torch.arange(300, dtype=torch.uint8)}


def training():
    """A net in mid-training: its optimiser, the next gradients, and what the next step makes of it."""
    net = nn.Linear(3, 2)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.1, weight_decay=0.01)
    for _ in range(3):
        optimizer.zero_grad()
        net(torch.randn(4, 3)).square().sum().backward()
        optimizer.step()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    state = copy.deepcopy(optimizer.state_dict())
    optimizer.step()
    return {"before": before, "optimizer": state, "grads": [p.grad for p in net.parameters()], "after": net.state_dict()}


def every_dtype():
    names = ["float32", "float64", "float16", "bfloat16"]
    tensors = {name: torch.tensor([-1.5, 0.0, 65504.0, float("inf"), 1e-6]).to(getattr(torch, name)) for name in names}
    for name in ["int64", "int32", "int16", "int8"]:
        info = torch.iinfo(getattr(torch, name))
        tensors[name] = torch.tensor([info.min, -1, 0, info.max], dtype=getattr(torch, name))
    tensors["uint8"] = torch.tensor([0, 1, 255], dtype=torch.uint8)
    tensors["bool"] = torch.tensor([True, False, True])
    return tensors


def views():
    base = torch.arange(12.0).reshape(3, 4)
    return {
        "base": base,
        "transposed": base.t(),
        "row": base[1],
        "stepped": base[:, ::2],
        "expanded": torch.tensor([[7.0], [8.0]]).expand(2, 3),
        "channelsLast": torch.arange(24.0).reshape(1, 2, 3, 4).to(memory_format=torch.channels_last),
        "scalar": torch.tensor(3.5),
        "empty": torch.empty(0, 4),
        "ofEmpty": base[:0],
    }


def containers():
    shared = [1, 2]
    return {
        "none": None,
        "flags": [True, False],
        "ints": [0, 255, 256, 65535, 65536, -1, -(2**31), 2**31, 2**53 - 1, 2**53, -(2**70)],
        "floats": [0.1, -0.0, 1e300, float("inf")],
        "text": "ÄÖ 漢字 🔥",
        "bytes": b"\x00\xff\x80abc",
        "bytearray": bytearray(b"xyz"),
        "tuples": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
        "shared": [shared, shared],
        "byNumber": {0: "zero", 1: "one", -5: "minus", 2.5: "float"},
        "ordered": collections.OrderedDict(b=1, a=2),
        "counter": collections.Counter("aab"),
        "set": {3, 1, 2},
        "complex": 1 + 2j,
        "size": torch.Size([2, 3]),
        "__proto__": "a key like any other",
        "long": list(range(1002)),
        "nested": {"a": {"b": {"c": [torch.ones(2)]}}},
    }


def write_files():
    torch.manual_seed(0)
    net = Net()
    save("state-dict.pth", net.state_dict())
    save("checkpoint.pth", checkpoint())
    save("training.pth", training())
    save("dtypes.pth", every_dtype())
    save("views.pth", views())
    save("containers.pth", containers())
    save("parameters.pth", {"free": nn.Parameter(torch.ones(2)), "frozen": nn.Parameter(torch.ones(2), False), "leaf": torch.ones(2, requires_grad=True)})
    save("pages.pth", {"a": torch.arange(1025.0), "b": torch.arange(3000.0), "c": torch.ones(3)})
    save("legacy.pth", {"views": views(), "model": net.state_dict(), "epoch": 3}, _use_new_zipfile_serialization=False)
    ordered = collections.OrderedDict(views() | every_dtype() | {f"layer{i}.weight": torch.ones(i % 4) for i in range(30)})
    save("ordered.pth", ordered | {"parameter": nn.Parameter(torch.ones(2))})
    save("tensor.pth", torch.arange(3))
    torch.serialization.set_crc32_options(False)
    save("no-checksums.pth", {"a": torch.arange(4)})
    torch.serialization.set_crc32_options(True)
    big_endian()
    compressed()
    # What must be refused, each with its own words.
    torch.save(Bare(), FOLDER / "whole-net.pth")
    torch.save(Bare(), FOLDER / "whole-net-legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(Bare()), FOLDER / "script.pth")
    torch.save(torch.eye(3).to_sparse(), FOLDER / "sparse.pth")
    torch.save(torch.ones(2, dtype=torch.complex64), FOLDER / "complex.pth")
    torch.save(torch.ones(2, dtype=torch.uint16), FOLDER / "uint16.pth")


def rewrite(source, target, change, **options):
    """The entries of an archive, each changed, in another archive."""
    with zipfile.ZipFile(FOLDER / source) as old, zipfile.ZipFile(FOLDER / target, "w", **options) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), change(name, old.read(name)), options.get("compression"))


def big_endian():
    value = {"a": torch.arange(3.0), "b": torch.tensor([-2, 5]), "c": torch.tensor([1, 2], dtype=torch.int16), "d": torch.tensor([True])}
    torch.save(value, FOLDER / "big-endian.pth")
    code = {"data/0": "f4", "data/1": "i8", "data/2": "i2"}

    def swap(name, data):
        part = name.split("/", 1)[1]
        if part == "byteorder":
            return b"big"
        return numpy.frombuffer(data, code[part]).byteswap().tobytes() if part in code else data

    rewrite("big-endian.pth", "big-endian.pth.tmp", swap)
    (FOLDER / "big-endian.pth.tmp").rename(FOLDER / "big-endian.pth")
    loaded = torch.load(FOLDER / "big-endian.pth")
    assert all(torch.equal(loaded[k], value[k]) for k in value)
    describe("big-endian.pth", value)


def compressed():
    rewrite("tensor.pth", "compressed.pth", lambda _, data: data, compression=zipfile.ZIP_DEFLATED)


class Python2Pickler(pickle._Pickler):
    """Writes bytes as Python 2 wrote its str."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_str2(self, data):
        if len(data) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(data)]) + data)
        else:
            self.write(pickle.BINSTRING + struct.pack("<i", len(data)) + data)
        self.memoize(data)

    dispatch[bytes] = save_str2


def write_pickles():
    pictures = numpy.random.default_rng(0).integers(0, 256, (4, 3072), dtype=numpy.uint8)
    batch = {b"data": pictures[:, :300].copy(), b"labels": [6, 9, 9, 4], b"batch_label": b"training batch 1 of 5", b"raw": b"\xff\xfe"}
    out = io.BytesIO()
    Python2Pickler(out, 2).dump(batch)
    (FOLDER / "python2.pickle").write_bytes(out.getvalue())
    text = {"data": batch[b"data"], "labels": batch[b"labels"], "batch_label": "training batch 1 of 5", "raw": b"\xff\xfe"}
    describe("python2.pickle", text)
    arrays = {
        "f4": numpy.array([[1.5, -2], [3, 4]], "<f4"),
        "fortran": numpy.asfortranarray(numpy.arange(6.0).reshape(2, 3)),
        "big": numpy.array([1, -2], ">i4"),
        "scalar": numpy.float64(2.5),
        "int": numpy.int64(-3),
        "flag": numpy.array([True, False]),
        "zero": numpy.zeros((0, 2), "<i8"),
        "text": "Ä 漢",
        "bytes": b"\x01\xff",
        "values": [1, -1, 2**40, 2.5, None, True, (1, 2), {3, 4}, frozenset({5})],
    }
    for protocol in range(6):
        (FOLDER / f"protocol{protocol}.pickle").write_bytes(pickle.dumps(arrays, protocol))
    describe("protocols", arrays)


def write_safetensors():
    tensors = every_dtype() | {"matrix": torch.arange(6.0).reshape(2, 3), "scalar": torch.tensor(1.25), "empty": torch.empty(0, 3), "Ä": torch.ones(1, dtype=torch.int8)}
    safetensors.torch.save_file(tensors, FOLDER / "model.safetensors", {"format": "pt"})
    (FOLDER / "model.safetensors").chmod(0o644)
    describe("model.safetensors", tensors)


write_files()
write_pickles()
write_safetensors()
(FOLDER / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n")
