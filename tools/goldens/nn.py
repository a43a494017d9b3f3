"""What PyTorch does with modules, optimisers, schedules and loaders: the expected values of their tests.

python tools/goldens/nn.py
"""

import base64
import io
import json
from pathlib import Path

import torch
from torch import nn, optim
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, RandomSampler, WeightedRandomSampler, TensorDataset, random_split

SOURCE = Path(__file__).parents[2] / "packages/flambeau/src"


def save(folder, value):
    path = SOURCE / folder / "goldens" / f"{folder}.json"
    path.write_text(json.dumps(value, indent=1) + "\n")


def seeded(make):
    torch.manual_seed(0)
    module = make()
    return {key: value.tolist() for key, value in module.state_dict().items()}


def filled(fill, *shape):
    torch.manual_seed(0)
    return fill(torch.empty(*shape)).tolist()


def batch_norm(norm):
    torch.manual_seed(0)
    outputs = [norm(torch.randn(3, 2, 2, 2)).tolist() for _ in range(3)]
    norm.eval()
    outputs.append(norm(torch.randn(3, 2, 2, 2)).tolist())
    return {"outputs": outputs, "state": {k: v.tolist() for k, v in norm.state_dict().items()}}


def padded(mode, padding):
    torch.manual_seed(0)
    conv = nn.Conv2d(1, 2, (2, 3), padding=padding, padding_mode=mode, dilation=(1, 2))
    return {"mode": mode, "padding": padding, "output": conv(torch.randn(1, 1, 5, 6)).tolist()}


def rrelu():
    torch.manual_seed(0)
    return nn.RReLU()(torch.linspace(-2, 2, 7)).tolist()


def sized():
    torch.manual_seed(0)
    return nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1)(torch.randn(1, 1, 2, 3), output_size=[4, 5]).tolist()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2))
        self.heads = nn.ModuleList([nn.Linear(4, 2), nn.Linear(4, 2), nn.Linear(4, 3)])
        self.named = nn.ModuleDict({"a": nn.Identity()})
        self.scale = nn.Parameter(torch.ones(1))


REPRS = [
    nn.Linear(13, 100), nn.Linear(2, 3, bias=False), nn.Conv2d(1, 32, 5, padding=2),
    nn.Conv2d(4, 8, (3, 1), stride=2, dilation=2, groups=2, bias=False),
    nn.Conv2d(1, 2, 3, padding="same"), nn.BatchNorm2d(3), nn.BatchNorm1d(3, momentum=None, affine=False),
    nn.LayerNorm([3, 4]), nn.LayerNorm(4, bias=False), nn.ReLU(), nn.ReLU(inplace=True), nn.ReLU6(), nn.LeakyReLU(), nn.ELU(),
    nn.SiLU(), nn.GELU(), nn.Sigmoid(), nn.Tanh(), nn.Softplus(), nn.LogSigmoid(), nn.Softmax(dim=1), nn.LogSoftmax(1),
    nn.Hardtanh(), nn.MaxPool2d(2), nn.MaxPool2d((2, 3), stride=1), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d((1, 1)),
    nn.AdaptiveAvgPool2d(1), nn.Dropout(0.25), nn.Dropout2d(), nn.Flatten(), nn.Unflatten(1, (2, 3)), nn.Identity(),
    nn.MSELoss(), nn.CrossEntropyLoss(), nn.Sequential(), Net(), nn.ParameterList([nn.Parameter(torch.ones(2, 3))]),
    nn.Conv1d(2, 4, 3, padding=1, padding_mode="reflect"), nn.ConvTranspose2d(2, 4, 3, 2, output_padding=1, groups=2),
    nn.ConvTranspose1d(2, 4, 3, 2, output_padding=1, bias=False), nn.GroupNorm(2, 4), nn.InstanceNorm2d(3),
    nn.InstanceNorm1d(3, affine=True, track_running_stats=True), nn.LocalResponseNorm(2), nn.AvgPool1d(2), nn.MaxPool1d(2),
    nn.AdaptiveAvgPool1d(2), nn.AdaptiveMaxPool2d((2, None)), nn.MaxUnpool2d(2), nn.LPPool2d(2, 3), nn.PixelShuffle(2), nn.PixelUnshuffle(2),
    nn.Upsample(scale_factor=2), nn.Upsample(size=(3, 4), mode="bilinear"), nn.UpsamplingBilinear2d(scale_factor=2), nn.Hardswish(inplace=True),
    nn.Mish(), nn.CELU(), nn.SELU(inplace=True), nn.GLU(), nn.PReLU(), nn.Softsign(), nn.Tanhshrink(), nn.Softshrink(), nn.Hardshrink(0.25),
    nn.RReLU(), nn.Threshold(1, 2), nn.Hardsigmoid(), nn.Softmin(1), nn.Softmax2d(), nn.ZeroPad2d(1), nn.ReflectionPad1d((1, 2)), nn.ConstantPad2d(2, 1.5),
]

torch.manual_seed(0)
DROPOUT2D = nn.Dropout2d(0.4)(torch.ones(2, 8, 1, 1)).flatten().tolist()

save("nn", {
    "linear": seeded(lambda: nn.Linear(3, 2)),
    "bilinear": seeded(lambda: nn.Bilinear(2, 3, 2)),
    "conv": seeded(lambda: nn.Conv2d(2, 4, 3, groups=2)),
    "conv1d": seeded(lambda: nn.Conv1d(2, 4, 3, groups=2)),
    "convTranspose": seeded(lambda: nn.ConvTranspose2d(4, 2, (2, 3), groups=2)),
    "init": {
        "xavierUniform_": filled(nn.init.xavier_uniform_, 3, 7),
        "xavierNormal_": filled(nn.init.xavier_normal_, 3, 7),
        "kaimingUniform_": filled(nn.init.kaiming_uniform_, 3, 7),
        "kaimingNormal_": filled(nn.init.kaiming_normal_, 3, 7),
        "truncNormal_": filled(nn.init.trunc_normal_, 5, 9),
        "orthogonal_": filled(nn.init.orthogonal_, 3, 5),
        "orthogonalTall": filled(lambda t: nn.init.orthogonal_(t, 2.0), 4, 3, 1),
        "truncTail": filled(lambda t: nn.init.trunc_normal_(t, 0.0, 1.0, 1.0, 3.0), 5, 9),
    },
    "batchNorm": batch_norm(nn.BatchNorm2d(2)),
    "cumulative": batch_norm(nn.BatchNorm2d(2, momentum=None)),
    "instanceNorm": batch_norm(nn.InstanceNorm2d(2, affine=True, track_running_stats=True)),
    "padded": [padded(mode, padding) for mode in ("zeros", "reflect", "replicate", "circular") for padding in ("same", 1)],
    "outputSize": sized(),
    "rrelu": rrelu(),
    "dropout2d": DROPOUT2D,
    "keys": list(Net().state_dict()),
    "reprs": [repr(module) for module in REPRS],
})

RUNS = [
    ("SGD", {"lr": 0.1}), ("SGD", {"lr": 0.1, "momentum": 0.9}), ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.1, "momentum": 0.5, "dampening": 0.2, "maximize": True}), ("Adam", {}), ("Adam", {"lr": 0.1, "amsgrad": True}),
    ("Adam", {"lr": 0.1, "weight_decay": 0.1, "betas": [0.8, 0.95]}), ("AdamW", {"lr": 0.1, "maximize": True}), ("AdamW", {"lr": 0.05, "weight_decay": 0.1}),
]


def drive(parameters, optimizer, steps):
    for step in steps:
        for parameter in parameters:
            parameter.grad = parameter.detach() * 0.5 + (step * 0.125 - 1)
        optimizer.step()


def start():
    return [torch.linspace(-1, 1, 6).reshape(2, 3).requires_grad_(), torch.tensor([0.5, -0.5], requires_grad=True)]


def run(name, options):
    parameters = start()
    optimizer = getattr(optim, name)(parameters, **options)
    drive(parameters, optimizer, range(20))
    return {"name": name, "options": options, "result": [p.tolist() for p in parameters], "repr": repr(optimizer)}


def checkpoint():
    parameters = start()
    optimizer = optim.AdamW(parameters, lr=0.1, amsgrad=True)
    drive(parameters, optimizer, range(5))
    file = io.BytesIO()
    torch.save({"model": {"w": parameters[0].detach(), "b": parameters[1].detach()}, "optimizer": optimizer.state_dict()}, file)
    drive(parameters, optimizer, range(5, 10))
    return {"file": base64.b64encode(file.getvalue()).decode(), "result": [p.tolist() for p in parameters]}


def schedule(make, metrics=None):
    optimizer = optim.SGD(start(), lr=0.5)
    scheduler = make(optimizer)
    rates = [optimizer.param_groups[0]["lr"]]
    for epoch in range(24):
        optimizer.step()
        scheduler.step(*([metrics[epoch % len(metrics)]] if metrics else []))
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


save("optim", {
    "runs": [run(*each) for each in RUNS],
    "checkpoint": checkpoint(),
    "schedules": {
        "StepLR": schedule(lambda o: lr_scheduler.StepLR(o, 5)),
        "MultiStepLR": schedule(lambda o: lr_scheduler.MultiStepLR(o, [3, 7, 7], gamma=0.5)),
        "ExponentialLR": schedule(lambda o: lr_scheduler.ExponentialLR(o, 0.9)),
        "CosineAnnealingLR": schedule(lambda o: lr_scheduler.CosineAnnealingLR(o, 6, eta_min=0.01)),
        "LambdaLR": schedule(lambda o: lr_scheduler.LambdaLR(o, lambda epoch: 1 / (1 + epoch))),
        "LinearLR": schedule(lambda o: lr_scheduler.LinearLR(o)),
        "ReduceLROnPlateau": schedule(lambda o: lr_scheduler.ReduceLROnPlateau(o, patience=2, cooldown=1), [3.0, 2.0, 2.5, 2.4]),
    },
})


def orders():
    torch.manual_seed(0)
    loader = DataLoader(TensorDataset(torch.arange(10)), batch_size=4, shuffle=True)
    epochs = [[batch[0].tolist() for batch in loader] for _ in range(2)]
    return {"epochs": epochs, "after": torch.rand(2).tolist()}


def own_generator():
    generator = torch.Generator().manual_seed(7)
    loader = DataLoader(TensorDataset(torch.arange(10)), batch_size=4, shuffle=True, drop_last=True, generator=generator)
    return [[batch[0].tolist() for batch in loader] for _ in range(2)]


def split(lengths):
    torch.manual_seed(0)
    return [list(part.indices) for part in random_split(range(11), lengths)]


def weighted(weights, count):
    torch.manual_seed(0)
    return list(WeightedRandomSampler(weights, count))


def drawn(**options):
    torch.manual_seed(0)
    return list(RandomSampler(range(10), **options))


save("data", {
    "shuffle": orders(),
    "generator": own_generator(),
    "split": split([6, 5]),
    "fractions": split([0.5, 0.3, 0.2]),
    "replacement": drawn(replacement=True, num_samples=40),
    "weighted": weighted([0.1, 0.0, 3.0, 1.5], 30),
    "more": drawn(num_samples=25),
})
