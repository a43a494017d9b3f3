import { cat, nn, type Tensor } from 'flambeau';

/** Words that are known, and numbers that stand for one. */
const WORDS = 5000;
const EMBEDDED = 300;
const CLASSES = 10;

/** Two layers of LSTM in both directions over the words (N, T); the last position decides. Out: (N, 10) scores. */
export class BiLSTM extends nn.Module {
  embedding = new nn.Embedding(WORDS, EMBEDDED);
  lstm = new nn.LSTM(EMBEDDED, 128, { numLayers: 2, bidirectional: true, batchFirst: true });
  fc = new nn.Linear(2 * 128, CLASSES);

  forward(x: Tensor): Tensor {
    const [out] = this.lstm(this.embedding(x));
    return this.fc(out.select(1, -1));
  }
}

/** Convolutions over two, three and four words (N, T), the strongest answer of each. Out: (N, 10) scores. */
export class TextCNN extends nn.Module {
  embedding = new nn.Embedding(WORDS, EMBEDDED);
  convs = new nn.ModuleList([2, 3, 4].map((words) => new nn.Conv2d(1, 256, [words, EMBEDDED])));
  dropout = new nn.Dropout(0.5);
  fc = new nn.Linear(3 * 256, CLASSES);

  forward(x: Tensor): Tensor {
    const embedded = this.embedding(x).unsqueeze(1);
    const strongest = [...this.convs].map((conv) => conv(embedded).relu().squeeze(3).amax(2));
    return this.fc(this.dropout(cat(strongest, 1)));
  }
}

/** Four encoder layers of width 256 over the words (N, T); the mean of all positions decides. Out: (N, 10) scores. */
export class TransformerClassifier extends nn.Module {
  embedding = new nn.Embedding(WORDS, 256);
  encoder = new nn.TransformerEncoder(
    new nn.TransformerEncoderLayer(256, 8, { dimFeedforward: 1024, batchFirst: true }),
    4,
  );
  fc = new nn.Linear(256, CLASSES);

  forward(x: Tensor): Tensor {
    return this.fc(this.encoder(this.embedding(x)).mean(1));
  }
}
