import type { Terminal } from './terminal.js';

/** The terminal that this program writes to. */
export function terminal(): Terminal {
  return { columns: process.stdout.columns || 80, blocks: showsBlocks(process.env, process.platform) };
}

/** A locale that is set decides; where none is set, most terminals show UTF-8, but the consoles of Linux and old Windows lack blocks. */
export function showsBlocks(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): boolean {
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  if (platform === 'win32') return Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.ConEmuANSI);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale);
}
