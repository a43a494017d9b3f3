import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Digest } from './digest.js';
import type { PythonProgram } from './workload.js';

const WORKER = fileURLToPath(new URL('../../torch_worker.py', import.meta.url));

/** The Python with PyTorch: `$FLAMBEAU_PYTHON`, else `python3`. */
export const python = (): string => process.env.FLAMBEAU_PYTHON ?? 'python3';

/** PyTorch refused a request; the worker goes on. */
export class TorchError extends Error {}

/** A Python process with PyTorch that prepares and times workloads when asked. */
export class TorchWorker {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  /** Versions of PyTorch and Python. */
  versions = { torch: '', python: '' };

  private constructor(command: string) {
    this.#process = spawn(command, [WORKER], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#process.on('error', () => undefined); // no such command: the lines end
    this.#process.stdin.on('error', () => undefined); // ended: the next request says so
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Starts a worker with so many threads; null where there is no Python with PyTorch. */
  static async start(threads: number): Promise<TorchWorker | null> {
    const worker = new TorchWorker(python());
    try {
      worker.versions = await worker.#ask({ do: 'hello', threads });
      return worker;
    } catch {
      worker.end();
      return null;
    }
  }

  /** Builds a workload's program. @throws TorchError */
  async prepare(program: PythonProgram): Promise<readonly Digest[]> {
    return (await this.#ask<{ digests: Digest[] }>({ do: 'prepare', ...program })).digests;
  }

  /** Builds the prepared program once more, with `torch.compile`, and runs it until it is compiled. @throws TorchError */
  async compile(statement: string): Promise<void> {
    await this.#ask({ do: 'compile', with: statement });
  }

  /** Seconds that so many repetitions of the prepared program take. */
  async time(repetitions: number, compiled = false): Promise<number> {
    return (await this.#ask<{ seconds: number }>({ do: 'time', repetitions, compiled })).seconds;
  }

  async forget(): Promise<void> {
    await this.#ask({ do: 'forget' });
  }

  /** Peak resident memory of the worker, in bytes. */
  async peak(): Promise<number> {
    return (await this.#ask<{ bytes: number }>({ do: 'peak' })).bytes;
  }

  end(): void {
    this.#process.stdin.end();
  }

  async #ask<Reply>(request: object): Promise<Reply> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new TorchError('the Python process has ended');
    const reply = JSON.parse(value) as Reply & { error?: string };
    if (reply.error !== undefined) throw new TorchError(reply.error);
    return reply;
  }
}
