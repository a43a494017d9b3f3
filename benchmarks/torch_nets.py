"""The nets of the benchmarks in PyTorch, with the names of parameters that benchmarks/nets has."""
from torch import nn


class Housing(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(13, 100)
        self.predict = nn.Linear(100, 1)

    def forward(self, x):
        return self.predict(self.hidden(x).relu())


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 32, 5, padding=2), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(14 * 14 * 32, 10)

    def forward(self, x):
        out = self.conv(x)
        return self.fc(out.view(out.size(0), -1))
