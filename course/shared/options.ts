import { parseArgs } from 'node:util';
import { FlambeauError } from 'flambeau';

/** One option of a project's command line. */
export interface OptionSpec {
  readonly type: 'string' | 'number' | 'boolean';
  readonly help: string;
  readonly default?: string | number | boolean;
}

type Value<Spec extends OptionSpec> = Spec['type'] extends 'number'
  ? number
  : Spec['type'] extends 'boolean'
    ? boolean
    : string;

/** The values of the options: those without a default may be missing. */
export type Options<Specs extends Record<string, OptionSpec>> = {
  [Name in keyof Specs]: Specs[Name] extends { default: string | number | boolean }
    ? Value<Specs[Name]>
    : Value<Specs[Name]> | undefined;
};

/** A wrong command line; its message is all that the user needs to see. */
export class UsageError extends Error {}

/** The options that every training script has. */
export const trainingOptions = {
  data: { type: 'string', help: 'folder with the data set' },
  download: { type: 'boolean', help: 'fetch data that is not there (--no-download forbids)', default: true },
  seed: { type: 'number', help: 'seed of all random numbers', default: 0 },
  resume: { type: 'string', help: 'go on from this checkpoint' },
  out: { type: 'string', help: 'folder for the model and the checkpoint' },
} as const satisfies Record<string, OptionSpec>;

/** Reads a command line; `--help` prints the options and ends the program. */
export function readOptions<const Specs extends Record<string, OptionSpec>>(
  command: string,
  about: string,
  specs: Specs,
  args: readonly string[],
): Options<Specs> {
  const flags: Record<string, { type: 'string' | 'boolean' }> = { help: { type: 'boolean' } };
  for (const [name, spec] of Object.entries(specs))
    flags[name] = { type: spec.type === 'boolean' ? 'boolean' : 'string' };
  let given: Record<string, string | boolean | undefined>;
  try {
    given = parseArgs({ args: [...args], options: flags, allowNegative: true }).values as typeof given;
  } catch (error) {
    throw new UsageError(`${command}: ${(error as Error).message}; see ${command} --help`);
  }
  if (given.help === true) {
    console.log(usage(command, about, specs));
    process.exit(0);
  }
  const values: Record<string, string | number | boolean | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) values[name] = parseValue(command, name, spec, given[name]);
  return values as Options<Specs>;
}

function parseValue(
  command: string,
  name: string,
  spec: OptionSpec,
  given: string | boolean | undefined,
): string | number | boolean | undefined {
  if (given === undefined) return spec.default;
  if (spec.type !== 'number') return given;
  const number = Number(given);
  if (given === '' || !Number.isFinite(number))
    throw new UsageError(`${command}: --${name} takes a number, not '${String(given)}'`);
  return number;
}

function usage(command: string, about: string, specs: Record<string, OptionSpec>): string {
  const rows = Object.entries(specs).map(([name, spec]) => {
    const flag = `--${name}${spec.type === 'boolean' ? '' : spec.type === 'number' ? ' N' : ' TEXT'}`;
    const fallback = spec.default === undefined ? '' : ` (default ${String(spec.default)})`;
    return `  ${flag.padEnd(22)}${spec.help}${fallback}`;
  });
  return [about, '', `Usage: ${command} [options]`, '', ...rows, `  ${'--help'.padEnd(22)}show this`].join('\n');
}

/** Runs a script's main function; expected errors end it with their message alone. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(isExpected(error) ? (error as Error).message : error);
    process.exitCode = 1;
  }
}

/** Errors that tell a user what to do; any other is a bug, and its stack is wanted. */
function isExpected(error: unknown): boolean {
  if (error instanceof UsageError || error instanceof FlambeauError) return true;
  // Of the vision package, and of the file system.
  return error instanceof Error && (['FormatError', 'DownloadError'].includes(error.name) || 'code' in error);
}
