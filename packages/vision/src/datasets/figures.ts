/**
 * How the ten figures are written: for each one several styles, for each style its pen strokes. A stroke is the list of points
 * that the pen passes, `x y` with y downwards and 100 the height of the figure; a point with `*` is a corner, all others are
 * passed smoothly. The number before the strokes says how often people write the figure that way.
 */
type Style = readonly [weight: number, ...strokes: readonly string[]];

const STYLES: readonly (readonly Style[])[] = [
  // 0: closed; with the ends crossing; left open at the top
  [
    [4, '34 0, 10 18, 0 54, 12 90, 34 100, 56 86, 66 50, 56 14, 34 0'],
    [3, '44 4, 16 14, 0 50, 10 88, 32 100, 58 84, 66 44, 50 10, 26 0'],
    [1, '30 4, 8 24, 0 58, 14 92, 36 100, 60 82, 66 46, 54 14, 42 8'],
  ],
  // 1: a bare stroke; with a serif; with serif and base
  [
    [8, '0 0, 1 50, 0 100'],
    [2, '0 22, 18 0*, 18 100'],
    [1, '2 20, 22 0*, 22 100', '0 100, 44 99'],
  ],
  // 2: with an angle at the foot; with a loop; round with a flat foot; wide, with a long foot
  [
    [3, '4 22, 18 4, 40 0, 56 16, 50 42, 26 72, 0 98*, 30 95, 64 97'],
    [3, '2 18, 20 2, 44 2, 54 22, 42 54, 18 90, 4 94, 2 82, 18 78, 40 92, 64 94'],
    [2, '0 14, 24 0, 50 8, 54 30, 34 62, 4 94*, 28 92, 62 100'],
    [2, '8 16, 30 0, 52 10, 46 44, 24 82, 6 92, 0 78, 16 70, 46 86, 84 80'],
  ],
  // 3: two bows meeting in a corner; with a small loop between them; with a flat top
  [
    [4, '4 12, 26 0, 48 8, 48 30, 18 46*, 48 54, 56 78, 36 99, 12 98, 0 86'],
    [2, '2 10, 28 0, 50 12, 42 36, 24 48, 22 44, 44 52, 56 74, 40 98, 16 100, 0 92'],
    [1, '4 3, 52 2*, 22 40*, 48 50, 56 76, 38 99, 2 94'],
  ],
  // 4: open, angular; open, round; closed, with the stem last
  [
    [4, '8 2, 0 50*, 28 52, 62 47', '54 4, 50 52, 46 100'],
    [3, '6 0, 0 34, 14 50, 40 44, 54 34', '56 2, 54 50, 48 100'],
    [2, '46 0*, 0 60*, 66 58', '46 0, 45 50, 42 100'],
  ],
  // 5: in one stroke; with the bar apart
  [
    [3, '60 0, 18 3*, 10 44*, 32 40, 52 56, 50 84, 26 100, 0 92'],
    [3, '16 4, 10 46*, 34 42, 54 60, 48 86, 24 100, 0 94', '16 4, 62 0'],
    [1, '56 2, 20 0, 8 40, 36 44, 52 64, 40 92, 18 100, 0 96'],
  ],
  // 6: bowed; straight; with a wide belly; with a high belly
  [
    [3, '44 0, 18 26, 2 64, 12 94, 36 98, 50 78, 38 60, 16 66, 4 82'],
    [2, '34 0, 12 40, 2 74, 14 98, 38 96, 48 76, 34 60, 8 74'],
    [2, '48 2, 22 16, 4 52, 6 86, 30 100, 56 88, 54 64, 30 56, 8 72'],
    [2, '28 0, 8 24, 0 60, 12 94, 38 100, 62 76, 54 46, 32 44, 14 68, 18 90'],
  ],
  // 7: plain; with a bar; with a hook at the start; rounded
  [
    [4, '0 6, 26 6, 56 2*, 38 44, 26 100'],
    [2, '0 6, 56 2*, 36 46, 24 100', '14 50, 54 46'],
    [1, '0 22, 2 4*, 58 4*, 38 46, 28 100'],
    [2, '0 12, 24 2, 50 6, 50 28, 36 62, 28 100'],
  ],
  // 8: in one stroke from the upper right; the same crossing lower down; two rings; wide above, narrow below
  [
    [4, '50 12, 30 0, 8 14, 16 38, 40 58, 50 80, 28 100, 4 84, 14 58, 42 36, 50 12'],
    [2, '54 18, 32 0, 6 12, 12 34, 34 52, 46 76, 26 100, 6 82, 18 60, 44 38, 56 8'],
    [1, '30 0, 8 12, 12 38, 30 46, 50 36, 52 12, 30 0', '30 46, 4 62, 6 92, 30 100, 54 90, 54 62, 30 46'],
    [2, '62 16, 38 0, 8 14, 16 36, 38 54, 44 80, 26 100, 10 84, 22 60, 50 36, 66 10'],
  ],
  // 9: straight stem; bowed stem; a hook at the foot; a small ring high on the stem
  [
    [4, '50 10, 28 0, 4 18, 6 40, 26 46, 46 28, 50 8*, 46 54, 42 100'],
    [2, '48 14, 26 0, 2 20, 8 44, 30 46, 48 22, 52 16, 48 60, 34 100'],
    [2, '52 10, 28 0, 4 16, 8 42, 32 44, 52 14, 54 50, 44 88, 24 100, 6 94'],
    [2, '46 12, 30 0, 10 8, 6 28, 24 36, 44 22, 46 6*, 42 50, 38 100'],
  ],
];

/** A point of a stroke in figure heights, and whether the pen turns sharply there. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

/** One way to write a figure. */
export interface FigureStyle {
  readonly weight: number;
  readonly strokes: readonly (readonly StrokePoint[])[];
}

function parseStroke(text: string): StrokePoint[] {
  return text.split(',').map((point) => {
    const [x, y] = point.replace('*', '').trim().split(' ').map(Number) as [number, number];
    return { x: x / 100, y: y / 100, corner: point.endsWith('*') };
  });
}

/** The styles of the figures 0 … 9. */
export const FIGURES: readonly (readonly FigureStyle[])[] = STYLES.map((styles) =>
  styles.map(([weight, ...strokes]) => ({ weight, strokes: strokes.map(parseStroke) })),
);
