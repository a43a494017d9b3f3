/** Why one address did not give the file. */
export class MirrorError extends Error {
  /** Whether the network rather than the server is to blame. */
  readonly network: boolean;
  /** Whether other addresses would fail for the same reason. */
  readonly hopeless: boolean;
  constructor(reason: string, { network = false, hopeless = false } = {}) {
    super(reason);
    this.network = network;
    this.hopeless = hopeless;
  }
}

/** What has arrived is not the file: it must not be continued. */
export class WrongBytes extends MirrorError {}

/** What an address gives: the bytes of a file from `start` on. */
export interface Transfer {
  /** The position of the first byte: 0 when the server does not continue downloads. */
  start: number;
  /** Size of the whole file; null when the server does not tell. */
  total: number | null;
  body: AsyncIterable<Uint8Array>;
}

/** How long to wait, in milliseconds. */
export interface Patience {
  /** For the answer to a request. */
  answer: number;
  /** For each further kilobyte. */
  idle: number;
}

const MOST_REDIRECTS = 5;
const LEAST_PER_PERIOD = 1024;

/**
 * Asks `url` for a file from byte `from` on and hands the transfer to `receive`, which reads it to its end.
 *
 * @throws MirrorError when the server gives something else, breaks off or falls asleep; the signal's reason when it is aborted;
 * whatever `receive` throws
 */
export async function transfer(
  url: string,
  from: number,
  patience: Patience,
  signal: AbortSignal | undefined,
  receive: (transfer: Transfer) => Promise<void>,
): Promise<void> {
  const watch = new Watch(patience, signal);
  try {
    const response = await request(new URL(url), from, watch.signal);
    watch.answered();
    const { start, total } = readRange(response, from);
    await receive({ start, total, body: watched(response, watch) });
  } catch (error) {
    signal?.throwIfAborted();
    throw watch.failure ?? (error instanceof TypeError ? networkFailure(error) : error);
  } finally {
    watch.end();
  }
}

/** Requests the file and follows redirects, a few of them, and never from https to http. */
async function request(url: URL, from: number, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const headers: Record<string, string> = { 'accept-encoding': 'identity' }; // a .gz file must stay packed
    if (from > 0) headers.range = `bytes=${from}-`;
    const response = await fetch(at, { headers, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, at.href) ? new URL(location, at) : null;
    if (!next || !/^https?:$/.test(next.protocol) || (at.protocol === 'https:' && next.protocol === 'http:')) {
      throw new MirrorError(`redirects to ${next?.protocol ?? 'an invalid address'}`);
    }
    at = next;
  }
  throw new MirrorError(`redirects more than ${MOST_REDIRECTS} times`);
}

/** Where the answer's bytes belong in the file. */
function readRange(response: Response, from: number): { start: number; total: number | null } {
  if (response.status === 200) {
    const length = response.headers.get('content-length');
    return { start: 0, total: length === null ? null : Number(length) };
  }
  if (response.status === 416) throw new WrongBytes('has no more bytes than are there');
  if (response.status !== 206) throw new MirrorError(`answers ${response.status} ${response.statusText}`.trim());
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  if (from === 0 || !range || Number(range[1]) !== from) throw new MirrorError('sends another part than was asked for');
  return { start: from, total: range[2] === '*' ? null : Number(range[2]) };
}

async function* watched(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  if (!response.body) throw new MirrorError('sends nothing');
  for await (const chunk of response.body) {
    watch.received += chunk.length;
    yield chunk;
  }
}

/** Ends a transfer that does not move. */
class Watch {
  received = 0;
  failure: MirrorError | null = null;
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  readonly #idle: number;
  #timer: NodeJS.Timeout;

  constructor({ answer, idle }: Patience, signal: AbortSignal | undefined) {
    this.signal = signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal;
    this.#idle = idle;
    this.#timer = setTimeout(() => this.#fail(`gives no answer within ${answer / 1000} s`), answer);
  }

  answered(): void {
    clearTimeout(this.#timer);
    let before = 0;
    this.#timer = setInterval(() => {
      if (this.received - before < LEAST_PER_PERIOD) this.#fail(`sent next to nothing for ${this.#idle / 1000} s`);
      before = this.received;
    }, this.#idle);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#abort.abort(); // closes the connection where the body was not read to its end
  }

  #fail(reason: string): void {
    this.failure = new MirrorError(reason, { network: true });
    this.#abort.abort();
  }
}

/** The system's words for "there is no network here", and whether they hold for every host. */
const NO_NETWORK: Readonly<Record<string, { why: string; hopeless: boolean }>> = {
  EAI_AGAIN: { why: 'cannot be looked up', hopeless: true },
  ENETUNREACH: { why: 'cannot be reached', hopeless: true },
  ENETDOWN: { why: 'cannot be reached', hopeless: true },
  ENOTFOUND: { why: 'is not known by this name', hopeless: false },
  EHOSTUNREACH: { why: 'cannot be reached', hopeless: false },
  ETIMEDOUT: { why: 'gives no answer', hopeless: false },
  UND_ERR_CONNECT_TIMEOUT: { why: 'gives no answer', hopeless: false },
};

/** What stands behind fetch's "fetch failed" and "terminated". */
function networkFailure(error: TypeError): MirrorError {
  const cause = error.cause as { code?: string; message?: string; errors?: { code?: string }[] } | undefined;
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? '';
  const known = NO_NETWORK[code];
  if (known) return new MirrorError(known.why, { network: true, hopeless: known.hopeless });
  if (code === 'ECONNREFUSED') return new MirrorError('refuses the connection');
  return new MirrorError(`breaks off (${cause?.message ?? error.message})`);
}
