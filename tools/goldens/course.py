"""Writes the first 100 training losses of the nets of chapter 4, as PyTorch computes them from seed 0.

    python tools/goldens/course.py DATA_FOLDER

DATA_FOLDER has mnist/ (the four original files) and housing/housing.data, as $FLAMBEAU_DATA has.
"""
import gzip
import json
import pathlib
import sys

import numpy as np
import torch

data = pathlib.Path(sys.argv[1])
course = pathlib.Path(__file__).parents[2] / "course"
STEPS = 100


def train(net, optimizer, batches, loss_of):
    losses = []
    for batch in batches:
        loss = loss_of(net, *batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) == STEPS:
            return losses
    return losses


def write(name, **losses):
    (course / name).write_text(json.dumps({"torch": torch.__version__, **losses}, indent=1) + "\n")


class Housing(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(13, 100)
        self.predict = torch.nn.Linear(100, 1)

    def forward(self, x):
        return self.predict(torch.relu(self.hidden(x)))


class Digits(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Sequential(torch.nn.Conv2d(1, 32, 5, padding=2), torch.nn.BatchNorm2d(32), torch.nn.ReLU(), torch.nn.MaxPool2d(2))
        self.fc = torch.nn.Linear(14 * 14 * 32, 10)

    def forward(self, x):
        out = self.conv(x)
        return self.fc(out.view(out.size(0), -1))


rows = torch.tensor([[float(n) for n in line.split()] for line in (data / "housing/housing.data").read_text().splitlines() if line.strip()])[:496]
torch.manual_seed(0)
net = Housing()
write("04-housing/losses.json", losses=train(net, torch.optim.Adam(net.parameters(), lr=0.001), [(rows[:, :13], rows[:, 13])] * STEPS,
                                             lambda net, x, y: torch.nn.functional.mse_loss(net(x).squeeze(), y) * 0.001))

read = lambda name, skip: np.frombuffer(gzip.decompress((data / "mnist" / name).read_bytes()), np.uint8)[skip:]
images = torch.tensor(read("train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).astype(np.float32) / 255)
labels = torch.tensor(read("train-labels-idx1-ubyte.gz", 8).astype(np.int64))


def digits(dtype):
    torch.manual_seed(0)
    net = Digits().to(dtype)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(images, labels), batch_size=64, shuffle=True)
    return train(net, optimizer, loader, lambda net, x, y: torch.nn.functional.cross_entropy(net(x.to(dtype)), y))


write("04-digits/losses.json", losses=digits(torch.float32), float64=digits(torch.float64))
