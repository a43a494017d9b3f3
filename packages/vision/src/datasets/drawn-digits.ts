import { centerByMass, DIGIT_BOX, DIGIT_SIDE } from '../image/center.js';
import { type Random, random } from '../random.js';
import { FIGURES, type FigureStyle, type StrokePoint } from './figures.js';

/** Grey pictures of digits, white on black, and what they show: MNIST's shape and number format. */
export interface DigitSplit {
  /** `labels.length × 28 × 28` bytes, row by row. */
  images: Uint8Array;
  labels: Uint8Array;
}

/** The path of the pen: x, y, x, y … */
type Polyline = number[];

/**
 * Draws `count` digits as a hand might write them: random figures in their usual styles, with random slant, rotation,
 * proportions, distortion, pen width, blur and noise, fitted and centred as in MNIST. The same seed gives the same
 * pictures, and picture `i` does not depend on `count`.
 *
 * @example
 * const { images, labels } = drawDigits(1000, { seed: 7 });
 */
export function drawDigits(count: number, { seed = 0 }: { seed?: number } = {}): DigitSplit {
  const size = DIGIT_SIDE * DIGIT_SIDE;
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const source = random(seed, i);
    const figure = source.below(FIGURES.length);
    labels[i] = figure;
    drawDigit(figure, source, images.subarray(i * size, (i + 1) * size));
  }
  return { images, labels };
}

function drawDigit(figure: number, source: Random, out: Uint8Array): void {
  const lines = chooseStyle(FIGURES[figure], source).strokes.map((stroke) => trace(shake(stroke, source)));
  distort(lines, source);
  transform(lines, source);
  const pen = choosePen(source);
  fit(lines, pen.reach);
  centerByMass(rasterize(lines, pen, source), DIGIT_BOX, DIGIT_BOX, out);
}

function chooseStyle(styles: readonly FigureStyle[], source: Random): FigureStyle {
  let rest = source.uniform() * styles.reduce((sum, style) => sum + style.weight, 0);
  for (const style of styles) {
    rest -= style.weight;
    if (rest < 0) return style;
  }
  return styles[0];
}

/** Nobody hits the same points twice. */
function shake(stroke: readonly StrokePoint[], source: Random): StrokePoint[] {
  return stroke.map(({ x, y, corner }) => ({ x: x + source.normal(0.028), y: y + source.normal(0.028), corner }));
}

const STEPS_PER_SEGMENT = 8;

/** The path through the points: a Catmull–Rom spline, whose tangent vanishes at the ends and at corners. */
function trace(points: readonly StrokePoint[]): Polyline {
  const line: Polyline = [];
  const tangent = (i: number, axis: 'x' | 'y'): number => {
    const before = points[i - 1];
    const after = points[i + 1];
    return !before || !after || points[i].corner ? 0 : (after[axis] - before[axis]) / 2;
  };
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    for (let step = i === 0 ? 0 : 1; step <= STEPS_PER_SEGMENT; step++) {
      const t = step / STEPS_PER_SEGMENT;
      for (const axis of ['x', 'y'] as const) {
        line.push(hermite(t, from[axis], tangent(i, axis), to[axis], tangent(i + 1, axis)));
      }
    }
  }
  return line;
}

/** The cubic from `p` with tangent `u` to `q` with tangent `v`. */
function hermite(t: number, p: number, u: number, q: number, v: number): number {
  const t2 = t * t;
  const t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * p + (t3 - 2 * t2 + t) * u + (3 * t2 - 2 * t3) * q + (t3 - t2) * v;
}

/** Elastic distortion: every point is pushed by a few long waves, neighbours nearly alike. */
function distort(lines: readonly Polyline[], source: Random): void {
  const waves = Array.from({ length: 4 }, () => ({
    x: source.normal(3),
    y: source.normal(3),
    phase: source.between(0, 2 * Math.PI),
    pushX: source.normal(0.034),
    pushY: source.normal(0.034),
  }));
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = [line[i], line[i + 1]];
      for (const wave of waves) {
        const push = Math.sin(wave.x * x + wave.y * y + wave.phase);
        line[i] += wave.pushX * push;
        line[i + 1] += wave.pushY * push;
      }
    }
  }
}

/** Proportions, slant (to the right more often than to the left) and rotation. */
function transform(lines: readonly Polyline[], source: Random): void {
  const widen = Math.exp(source.normal(0.19));
  const slant = 0.12 + source.normal(0.2);
  const angle = source.normal(0.1);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const x = widen * line[i] - slant * line[i + 1];
      const y = line[i + 1];
      line[i] = cos * x - sin * y;
      line[i + 1] = sin * x + cos * y;
    }
  }
}

/** A pen and the light it is scanned in; lengths in pixels. */
interface Pen {
  /** Half the width of the line, and the share by which pressure makes it swell and ebb. */
  radius: number;
  swell: number;
  /** How fast the pressure changes, and where it begins. */
  pace: number;
  phase: number;
  /** Over how many pixels white fades to black. */
  blur: number;
  /** How far from its path the pen leaves ink. */
  reach: number;
  /** Brightness of the ink, above 1 overexposed, and its noise. */
  white: number;
  grain: number;
}

function choosePen(source: Random): Pen {
  const radius = Math.min(2.2, Math.max(0.75, 1.38 + source.normal(0.35)));
  const swell = source.between(0, 0.2);
  const blur = source.between(0.9, 1.8);
  return {
    radius,
    swell,
    pace: source.between(0.05, 0.3),
    phase: source.between(0, 2 * Math.PI),
    blur,
    reach: radius * (1 + swell) + blur / 2,
    white: source.between(0.96, 1.15),
    grain: source.between(0, 0.06),
  };
}

/** Scales and moves the figure so that it fills the box with `margin` pixels left on all sides for the ink. */
function fit(lines: readonly Polyline[], margin: number): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      left = Math.min(left, line[i]);
      right = Math.max(right, line[i]);
      top = Math.min(top, line[i + 1]);
      bottom = Math.max(bottom, line[i + 1]);
    }
  }
  const scale = (DIGIT_BOX - 2 * margin) / Math.max(right - left, bottom - top);
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      line[i] = margin + (line[i] - left) * scale;
      line[i + 1] = margin + (line[i + 1] - top) * scale;
    }
  }
}

/** Ink by distance: a pixel nearer to the path than the pen's radius is white, and around that line white fades to black. */
function rasterize(lines: readonly Polyline[], pen: Pen, source: Random): Uint8Array {
  const depth = new Float64Array(DIGIT_BOX * DIGIT_BOX).fill(-pen.blur); // how far inside the ink, in pixels
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const radius = pen.radius * (1 + pen.swell * Math.sin(pen.pace * i + pen.phase));
      drawSegment(depth, line[i], line[i + 1], line[i + 2], line[i + 3], radius, pen.reach);
    }
  }
  const ink = new Uint8Array(depth.length);
  for (let i = 0; i < depth.length; i++) {
    const cover = Math.min(1, depth[i] / pen.blur + 0.5);
    if (cover > 0)
      ink[i] = Math.min(255, Math.max(0, Math.round(255 * cover * (pen.white + source.normal(pen.grain)))));
  }
  return ink;
}

/** Deepens the ink around one straight piece of the path. */
function drawSegment(
  depth: Float64Array,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  radius: number,
  reach: number,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length2 = dx * dx + dy * dy || 1;
  const lastX = Math.min(DIGIT_BOX - 1, Math.floor(Math.max(x0, x1) + reach));
  const lastY = Math.min(DIGIT_BOX - 1, Math.floor(Math.max(y0, y1) + reach));
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach)); y <= lastY; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - reach)); x <= lastX; x++) {
      const px = x + 0.5 - x0;
      const py = y + 0.5 - y0;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const offX = px - t * dx;
      const offY = py - t * dy;
      const inside = radius - Math.sqrt(offX * offX + offY * offY); // Math.hypot is many times slower
      const i = y * DIGIT_BOX + x;
      if (inside > depth[i]) depth[i] = inside;
    }
  }
}
