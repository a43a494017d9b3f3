import { terminal } from '#platform';
import type { Terminal } from '../terminal.js';
import { DIGIT_SIDE } from './center.js';

/** A digit to be shown. */
export interface ShownDigit {
  /** 28 × 28 bytes, white on black. */
  pixels: Uint8Array;
  /** The line beneath. */
  caption?: string;
}

const GAP = '  ';
const MARGIN = 4;
/** A character stands for a pixel and the one below it. */
const HALF_BLOCKS = [' ', '▄', '▀', '█'];
const THRESHOLD = 80;
const RAMP = ' .:-=+*#%@';

/**
 * Draws digits in text, side by side as the terminal is wide: 14 lines with half blocks, or with plain ASCII where the
 * terminal lacks these.
 *
 * @example
 * console.log(showDigits([{ pixels, caption: '7 read as 7' }]));
 */
export function showDigits(digits: readonly ShownDigit[], options: Partial<Terminal> = {}): string {
  const { columns, blocks } = { ...terminal(), ...options };
  const margin = sharedMargin(digits);
  const width = DIGIT_SIDE - 2 * margin;
  const perRow = Math.max(1, Math.floor((columns + GAP.length) / (width + GAP.length)));
  const bands: string[] = [];
  for (let first = 0; first < digits.length; first += perRow) {
    const band = digits.slice(first, first + perRow).map((digit) => drawOne(digit, margin, blocks));
    bands.push(
      band[0]
        .map((_, line) =>
          band
            .map((lines) => lines[line])
            .join(GAP)
            .trimEnd(),
        )
        .join('\n'),
    );
  }
  return bands.join('\n\n');
}

/** Most digits leave columns black on both sides: those that all of them leave are not drawn. */
function sharedMargin(digits: readonly ShownDigit[]): number {
  let margin = MARGIN;
  for (const { pixels } of digits) {
    for (let i = 0; i < pixels.length; i++) {
      const column = i % DIGIT_SIDE;
      if (pixels[i] > 0) margin = Math.min(margin, column, DIGIT_SIDE - 1 - column);
    }
  }
  return margin;
}

/** The lines of one digit and its caption, all equally wide. */
function drawOne({ pixels, caption = '' }: ShownDigit, margin: number, blocks: boolean): string[] {
  const lines: string[] = [];
  for (let row = 0; row < DIGIT_SIDE; row += 2) {
    let line = '';
    for (let column = margin; column < DIGIT_SIDE - margin; column++) {
      const upper = pixels[row * DIGIT_SIDE + column];
      const lower = pixels[(row + 1) * DIGIT_SIDE + column];
      line += blocks
        ? HALF_BLOCKS[2 * Number(upper >= THRESHOLD) + Number(lower >= THRESHOLD)]
        : RAMP[Math.floor(((upper + lower) / 511) * RAMP.length)];
    }
    lines.push(line);
  }
  const width = DIGIT_SIDE - 2 * margin;
  const fitting = caption.length > width ? `${caption.slice(0, width - 1)}${blocks ? '…' : '.'}` : caption;
  return [...lines, fitting.padEnd(width)];
}
