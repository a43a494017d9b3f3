import { describe, expect, it } from 'vitest';
import { showsBlocks } from '../terminal.node.js';
import { showDigits } from './ascii.js';

/** A one: two columns of white, 20 high. */
const ONE = Uint8Array.from({ length: 784 }, (_, i) => {
  const [row, column] = [Math.floor(i / 28), i % 28];
  return row >= 5 && row < 24 && (column === 13 || column === 14) ? 255 : 0;
});

describe('showDigits', () => {
  it('draws 14 lines of half blocks and the caption', () => {
    const lines = showDigits([{ pixels: ONE, caption: '1 read as 7' }], { blocks: true, columns: 80 }).split('\n');
    expect(lines).toHaveLength(15);
    expect(lines.slice(0, 4)).toEqual(['', '', `${' '.repeat(9)}▄▄`, `${' '.repeat(9)}██`]);
    expect(lines.at(-1)).toBe('1 read as 7');
  });

  it('does with plain ASCII where there are no blocks', () => {
    const text = showDigits([{ pixels: ONE }], { blocks: false, columns: 80 });
    expect(text).toMatch(/^[ -~\n]*$/);
    expect(text).toContain('@@');
    expect(text).toContain('=='); // the upper end covers half a character
  });

  it('puts as many side by side as there is room for', () => {
    const five = Array.from({ length: 5 }, (_, i) => ({
      pixels: ONE,
      caption: `number ${i}, with a caption too long`,
    }));
    const text = showDigits(five, { blocks: true, columns: 64 });
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64);
    expect(lines).toHaveLength(15 + 1 + 15);
    expect(lines[14]).toBe('number 0, with a ca…  number 1, with a ca…  number 2, with a ca…');
  });

  it('shows nothing when there is nothing to show', () => {
    expect(showDigits([])).toBe('');
  });
});

describe('showsBlocks', () => {
  it.each([
    ['linux', {}, true],
    ['linux', { LANG: 'en_US.UTF-8' }, true],
    ['linux', { LANG: 'C' }, false],
    ['linux', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    ['linux', { TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
    ['win32', {}, false],
    ['win32', { WT_SESSION: 'x' }, true],
  ] as const)('on %s with %o: %s', (platform, env, blocks) => {
    expect(showsBlocks(env, platform)).toBe(blocks);
  });
});
