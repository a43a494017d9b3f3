import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, type } from 'node:os';
import * as fl from 'flambeau';

/** Where and with what a run was made. */
export interface Machine {
  readonly cpu: string;
  readonly processors: number;
  /** Runnable processes in the minute before the run: times of a busy machine are noise. */
  readonly load: number;
  readonly system: string;
  readonly engine: string;
  readonly isa: string;
  readonly threads: number;
  readonly versions: {
    readonly flambeau: string;
    readonly node: string;
    readonly torch?: string;
    readonly python?: string;
  };
}

export function machine(torch: { torch: string; python: string } | null): Machine {
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return {
    cpu: processor(),
    processors: availableParallelism(),
    load: loadavg()[0],
    system: `${type()} ${release()}`,
    engine: fl.engine.name,
    isa: fl.engine.isa,
    threads: fl.engine.threads,
    versions: { flambeau: own.version, node: process.versions.node, ...(torch ?? {}) },
  };
}

/** The processor's name, with its family where Linux tells it: a virtual machine may call several generations by one name. */
function processor(): string {
  const name = cpus()[0]?.model.trim() ?? 'unknown processor';
  const told = '/proc/cpuinfo';
  const family = existsSync(told) ? /^cpu family\s*:\s*(\d+)$/m.exec(readFileSync(told, 'utf8')) : null;
  return family === null ? name : `${name} (family ${family[1]})`;
}

/** The kind of machine that a section of RESULTS.md stands for. */
export const kindOf = ({ cpu, isa, engine, threads }: Machine): string =>
  `${engine === 'wasm' ? 'WebAssembly' : isa} · ${cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
