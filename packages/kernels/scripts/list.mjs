// Reads kernels.list and writes the two files that everything else follows: cpp/generated/kernels.h (declarations, the
// families' instantiations, the table's rows) and src/kernels.generated.ts (types and the binding to an engine).
//
//   node scripts/list.mjs            writes both
//   node scripts/list.mjs --check    fails when src/kernels.generated.ts does not follow from the list
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The C++ type behind each type name of the list. */
const cppTypes = {
  f32: 'float',
  f64: 'double',
  i64: 'int64_t',
  i32: 'int32_t',
  u8: 'uint8_t',
  b8: 'bool',
  u32: 'uint32_t',
};

/**
 * A family: one line of the list, for one of its names.
 * @typedef {{ name: string, types: string[], parameters: Parameter[], line: string }} Family
 * @typedef {{ name: string, kind: 'place' | 'integer' | 'number' | 'loop' | 'table', type?: string }} Parameter
 */

/** @returns {Parameter} */
function parseParameter(text, where) {
  if (text === '@loop' || text === '@table') return { name: text.slice(1), kind: text.slice(1) };
  const match = /^([a-z_][a-z0-9_]*)(?:(\*)([a-z0-9]*)\??|:(f64))?$/.exec(text);
  if (!match || (match[3] && !cppTypes[match[3]])) throw new Error(`${where}: cannot read the parameter "${text}"`);
  const [, name, star, type, number] = match;
  if (star) return { name, kind: 'place', type: type || undefined };
  return { name, kind: number ? 'number' : 'integer' };
}

/** @returns {Family[]} */
export function parseList(text) {
  const families = [];
  const seen = new Set();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (!line) continue;
    const where = `kernels.list:${index + 1}`;
    const parts = line.split(/\s+:\s+/);
    if (parts.length !== 3) throw new Error(`${where}: expected "names : types : parameters"`);
    const [names, types, parameters] = parts.map((part) => part.split(/\s+/));
    for (const type of types) if (!cppTypes[type]) throw new Error(`${where}: unknown type "${type}"`);
    const parsed = parameters.map((parameter) => parseParameter(parameter, where));
    for (const name of names) {
      if (seen.has(name)) throw new Error(`${where}: ${name} is declared twice`);
      seen.add(name);
      families.push({ name, types, parameters: parsed, line: parameters.join(' ') });
    }
  }
  return families;
}

/** `gemm_f32`: the kernel's entry in the native table and its export from the WebAssembly module. */
export const entryNames = (families) => families.flatMap(({ name, types }) => types.map((type) => `${name}_${type}`));

const cppParameter =
  (own) =>
  ({ name, kind, type }) => {
    switch (kind) {
      case 'place':
        return `${type ? cppTypes[type] : own}* ${name}`;
      case 'integer':
        return `Index ${name}`;
      case 'number':
        return `double ${name}`;
      case 'loop':
        return 'const Loop& loop';
      default:
        return 'const double* table';
    }
  };

const signature = (family, own) => family.parameters.map(cppParameter(own)).join(', ');

export function cppHeader(families) {
  const declarations = families.map((family) => `template <class T> void ${family.name}(${signature(family, 'T')});`);
  const exports = families.map(
    (family) =>
      `#define EXPORT_${family.name}${family.types
        .map((type) => ` \\\n  template void ${family.name}<${cppTypes[type]}>(${signature(family, cppTypes[type])});`)
        .join('')}`,
  );
  const rows = families.flatMap(({ name, types }) => types.map((type) => `  X(${name}, ${type}, ${cppTypes[type]})`));
  return `// Made by scripts/list.mjs from kernels.list: the templates, their instantiations and the table's rows.
#pragma once
#include "../block.h"

namespace flambeau::TARGET {
class Loop;
${declarations.join('\n')}
}  // namespace flambeau::TARGET

${exports.join('\n')}

#define FLAMBEAU_KERNELS(X)${rows.map((row) => ` \\\n${row}`).join('')}
`;
}

const tsParameters = (family) =>
  family.parameters
    .filter(({ kind }) => kind !== 'loop' && kind !== 'table')
    .map(({ name, kind }) => ({ name, type: kind === 'place' ? 'Place' : 'number' }));

function tsType(family) {
  const list = tsParameters(family)
    .map(({ name, type }) => `${name}: ${type}`)
    .join(', ');
  return `  /** \`${family.line}\` */
  readonly ${family.name}: { ${family.types.map((type) => `${type}(${list}): void`).join('; ')} };`;
}

/** A function of its own per kernel, so that each calls one function of the engine and V8 can learn which. */
function tsBinding(family) {
  const names = tsParameters(family).map(({ name }) => name);
  const writes = names.map((name, index) => `$[${index}] = ${name};`).join(' ');
  const kernel = (type) =>
    `      ${type}: (${names.join(', ')}) => { const $ = engine.block; ${writes} $${family.name}_${type}(); },`;
  return `    ${family.name}: {\n${family.types.map(kernel).join('\n')}\n    },`;
}

export function tsModule(families) {
  return `// Made by scripts/list.mjs from kernels.list. Do not edit.
import type { Place } from './engine.js';

/** Every kernel of an engine: \`kernels.gemm.f32(...)\`. \`@loop\` and \`@table\` are written to the block beforehand. */
export interface Kernels {
${families.map(tsType).join('\n')}
}

/** The kernels as functions that write their numbers to the argument block and call the engine. */
export function bind(call: (name: string) => () => void, engine: { readonly block: Float64Array }): Kernels {
${entryNames(families)
  .map((name) => `  const $${name} = call('${name}');`)
  .join('\n')}
  return {
${families.map(tsBinding).join('\n')}
  };
}

/** The names of all entries, as both engines must have them. */
export const entries: readonly string[] = [
${entryNames(families)
  .map((name) => `  '${name}',`)
  .join('\n')}
];
`;
}

export const readList = () => parseList(readFileSync(join(root, 'kernels.list'), 'utf8'));

/** Writes a file unless it already says so, for its time decides what is compiled again. */
function writeIfChanged(file, text) {
  let before = null;
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // It is not there yet.
  }
  if (before !== text) writeFileSync(file, text);
}

/** Writes cpp/generated/kernels.h, which is not committed. */
export function writeHeader(families = readList()) {
  mkdirSync(join(root, 'cpp/generated'), { recursive: true });
  writeIfChanged(join(root, 'cpp/generated/kernels.h'), cppHeader(families));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, 'src/kernels.generated.ts');
  const text = tsModule(readList());
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) {
      console.error('src/kernels.generated.ts does not follow from kernels.list: run `node scripts/list.mjs`');
      process.exit(1);
    }
  } else {
    writeHeader();
    writeIfChanged(file, text);
  }
}
