"""The nets of the benchmarks in PyTorch, with the names of parameters that benchmarks/nets has."""
import torch
from torch import nn
from torch.nn import functional as F


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


def conv_norm_relu(inputs, outputs, kernel, **options):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, **options), nn.BatchNorm2d(outputs), nn.ReLU())


class VGG(nn.Module):
    def __init__(self):
        super().__init__()
        part = lambda inputs, outputs: conv_norm_relu(inputs, outputs, 3, padding=1)
        self.conv1 = part(3, 64)
        self.max_pooling1 = nn.MaxPool2d(2, 2)
        self.conv2_1 = part(64, 128)
        self.conv2_2 = part(128, 128)
        self.max_pooling2 = nn.MaxPool2d(2, 2)
        self.conv3_1 = part(128, 256)
        self.conv3_2 = part(256, 256)
        self.max_pooling3 = nn.MaxPool2d(2, 2, padding=1)
        self.conv4_1 = part(256, 512)
        self.conv4_2 = part(512, 512)
        self.max_pooling4 = nn.MaxPool2d(2, 2)
        self.fc = nn.Linear(512 * 4, 10)

    def forward(self, x):
        out = self.max_pooling1(self.conv1(x))
        out = self.max_pooling2(self.conv2_2(self.conv2_1(out)))
        out = self.max_pooling3(self.conv3_2(self.conv3_1(out)))
        out = self.max_pooling4(self.conv4_2(self.conv4_1(out)))
        return F.log_softmax(self.fc(out.view(out.size(0), -1)), dim=1)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.left = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.left(x)
        out += self.shortcut(x)
        return F.relu(out)


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        layer = lambda inputs, outputs: nn.Sequential(ResidualBlock(inputs, outputs, 2), ResidualBlock(outputs, outputs, 1))
        self.conv1 = conv_norm_relu(3, 32, 3, padding=1, bias=False)
        self.layer1 = layer(32, 64)
        self.layer2 = layer(64, 128)
        self.layer3 = layer(128, 256)
        self.layer4 = layer(256, 512)
        self.fc = nn.Linear(512, 10)

    def forward(self, x):
        out = F.avg_pool2d(self.layer4(self.layer3(self.layer2(self.layer1(self.conv1(x))))), 2)
        return self.fc(out.view(out.size(0), -1))


class MobileNet(nn.Module):
    def __init__(self):
        super().__init__()
        separable = lambda inputs, outputs, stride: nn.Sequential(
            *conv_norm_relu(inputs, inputs, 3, stride=stride, padding=1, groups=inputs, bias=False),
            *conv_norm_relu(inputs, outputs, 1, bias=False),
        )
        self.conv1 = conv_norm_relu(3, 32, 3, padding=1)
        self.conv_dw2 = separable(32, 32, 1)
        self.conv_dw3 = separable(32, 64, 2)
        self.conv_dw4 = separable(64, 64, 1)
        self.conv_dw5 = separable(64, 128, 2)
        self.conv_dw6 = separable(128, 128, 1)
        self.conv_dw7 = separable(128, 256, 2)
        self.conv_dw8 = separable(256, 256, 1)
        self.conv_dw9 = separable(256, 512, 2)
        self.fc = nn.Linear(512, 10)

    def forward(self, x):
        out = self.conv_dw3(self.conv_dw2(self.conv1(x)))
        out = self.conv_dw6(self.conv_dw5(self.conv_dw4(out)))
        out = self.conv_dw9(self.conv_dw8(self.conv_dw7(out)))
        return self.fc(F.avg_pool2d(out, 2).view(-1, 512))


class Inception(nn.Module):
    def __init__(self, inputs, outputs, reduced):
        super().__init__()
        part = lambda inputs, outputs, kernel: conv_norm_relu(inputs, outputs, kernel, padding=kernel // 2)
        self.branch1_conv = part(inputs, outputs[0], 1)
        self.branch2_conv1 = part(inputs, reduced[0], 1)
        self.branch2_conv2 = part(reduced[0], outputs[1], 3)
        self.branch3_conv1 = part(inputs, reduced[1], 1)
        self.branch3_conv2 = part(reduced[1], outputs[2], 5)
        self.branch4_pool = nn.MaxPool2d(3, 1, padding=1)
        self.branch4_conv = part(inputs, outputs[3], 3)

    def forward(self, x):
        first = self.branch1_conv(x)
        second = self.branch2_conv2(self.branch2_conv1(x))
        third = self.branch3_conv2(self.branch3_conv1(x))
        fourth = self.branch4_conv(self.branch4_pool(x))
        return torch.cat([first, second, third, fourth], dim=1)


class InceptionNet(nn.Module):
    def __init__(self):
        super().__init__()
        stage = lambda *sizes: nn.Sequential(Inception(*sizes), nn.MaxPool2d(3, 2, padding=1))
        self.block1 = conv_norm_relu(3, 64, 7, stride=2, padding=1)
        self.block2 = conv_norm_relu(64, 128, 3, stride=2, padding=1)
        self.block3 = stage(128, [64, 64, 64, 64], [16, 16])
        self.block4 = stage(256, [96, 96, 96, 96], [32, 32])
        self.fc = nn.Linear(384, 10)

    def forward(self, x):
        out = F.avg_pool2d(self.block4(self.block3(self.block2(self.block1(x)))), 2)
        return self.fc(out.view(out.size(0), -1))


class BiLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(5000, 300)
        self.lstm = nn.LSTM(300, 128, num_layers=2, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(2 * 128, 10)

    def forward(self, x):
        out, _ = self.lstm(self.embedding(x))
        return self.fc(out[:, -1])


class TextCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(5000, 300)
        self.convs = nn.ModuleList([nn.Conv2d(1, 256, (words, 300)) for words in (2, 3, 4)])
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(3 * 256, 10)

    def forward(self, x):
        embedded = self.embedding(x).unsqueeze(1)
        strongest = [conv(embedded).relu().squeeze(3).amax(2) for conv in self.convs]
        return self.fc(self.dropout(torch.cat(strongest, 1)))


class TransformerClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(5000, 256)
        layer = nn.TransformerEncoderLayer(256, 8, dim_feedforward=1024, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 4)
        self.fc = nn.Linear(256, 10)

    def forward(self, x):
        return self.fc(self.encoder(self.embedding(x)).mean(1))
