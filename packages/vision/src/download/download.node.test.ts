import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadError } from '../errors.js';
import { cacheFolder } from './cache.node.js';
import { download } from './download.node.js';
import type { DownloadOptions } from './options.js';

const FILE = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 3));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const SHA256 = sha256(FILE);
const MD5 = createHash('md5').update(FILE).digest('hex');

type Behavior = (request: IncomingMessage, response: ServerResponse) => void;

/** Where a request wants to begin. */
const startOf = ({ headers }: IncomingMessage) => Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);

/** Answers a range request as the standard says, with the bytes of `file`, and stops after `most` of them. */
function serve(file: Buffer, most = file.length): Behavior {
  return (request, response) => {
    const start = startOf(request);
    const range = { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` };
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': file.length - start, ...(start > 0 ? range : {}) });
    if (most >= file.length - start) response.end(file.subarray(start));
    else response.write(file.subarray(start, start + most), () => setTimeout(() => response.destroy(), 20));
  };
}

/** What can be wrong with a server. */
const BEHAVIORS: Record<string, Behavior> = {
  good: serve(FILE),
  breaks: serve(FILE, 70_000),
  wrong: serve(Buffer.alloc(FILE.length, 1)),
  wrongAndBreaks: serve(Buffer.alloc(FILE.length, 1), 70_000),
  missing: (_, response) => response.writeHead(404).end('<html>not here</html>'),
  fails: (_, response) => response.writeHead(503).end(),
  ignoresRange: (_, response) => response.writeHead(200).end(FILE),
  otherRange: (_, response) => response.writeHead(206, { 'content-range': 'bytes 5-9/300000' }).end('54321'),
  saysTooMuch: (_, response) => response.writeHead(200, { 'content-length': 400_000 }).write(FILE),
  saysTooLittle: (_, response) => response.writeHead(200, { 'content-length': 1000 }).end(FILE.subarray(0, 1000)),
  sendsTooMuch: (_, response) => response.writeHead(200).end(Buffer.concat([FILE, FILE])),
  endsEarly: (_, response) => response.writeHead(200).end(FILE.subarray(0, 1000)),
  neverAnswers: () => undefined,
  stops: (_, response) => response.writeHead(200).write(FILE.subarray(0, 5000)),
  drips: (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  },
  redirects: (_, response) => response.writeHead(302, { location: '/good' }).end(),
  circle: (_, response) => response.writeHead(302, { location: '/circle' }).end(),
  toFile: (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  packs: (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(FILE),
};

let server: Server;
let folder: string;
let file: string;
let requests: { name: string; start: number }[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
  file = path.join(folder, 'deep', 'data.gz');
  requests = [];
  server = createServer((request, response) => {
    const name = request.url!.slice(1);
    requests.push({ name, start: startOf(request) });
    BEHAVIORS[name]!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Fetches the file from mirrors that behave as named. */
function fetchFrom(names: string[], options: Partial<DownloadOptions> = {}): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const urls = names.map((name) => `http://127.0.0.1:${port}/${name}`);
  return download({ urls, file, size: FILE.length, sha256: SHA256, answerTimeout: 300, idleTimeout: 150, ...options });
}

const asked = () => requests.map(({ name, start }) => `${name} from ${start}`);

describe('download', () => {
  it('fetches a file, tells how far it is, and leaves nothing else behind', async () => {
    const progress: number[] = [];
    expect(await fetchFrom(['good'], { onProgress: ({ received }) => progress.push(received) })).toBe(file);
    expect(sha256(readFileSync(file))).toBe(SHA256);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(progress.at(-1)).toBe(FILE.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it.each([
    'missing',
    'fails',
    'wrong',
    'otherRange',
    'saysTooMuch',
    'saysTooLittle',
    'sendsTooMuch',
    'endsEarly',
    'neverAnswers',
    'stops',
    'drips',
    'circle',
    'toFile',
    'packs',
  ])('turns to the next address when one %s', async (name) => {
    await fetchFrom([name, 'good']);
    expect(sha256(readFileSync(file))).toBe(SHA256);
    expect(requests.at(-1)!.name).toBe('good');
  });

  it('goes on where a server broke off', async () => {
    await fetchFrom(['breaks']);
    expect(sha256(readFileSync(file))).toBe(SHA256);
    expect(asked()).toEqual([0, 70_000, 140_000, 210_000, 280_000].map((start) => `breaks from ${start}`));
  });

  it('goes on with what an earlier run left, and begins anew where the server cannot', async () => {
    for (const name of ['good', 'ignoresRange']) {
      writeFileSync(prepared(), FILE.subarray(0, 100_000));
      await fetchFrom([name]);
      expect(sha256(readFileSync(file))).toBe(SHA256);
    }
    expect(asked()).toEqual(['good from 100000', 'ignoresRange from 100000']);
  });

  it('asks nobody when an earlier run left all of it', async () => {
    writeFileSync(prepared(), FILE);
    await fetchFrom(['good']);
    expect(requests).toEqual([]);
    expect(sha256(readFileSync(file))).toBe(SHA256);
  });

  it.each([100_000, FILE.length, FILE.length + 5])(
    'begins anew when what is left, %i bytes, is wrong',
    async (size) => {
      writeFileSync(prepared(), Buffer.alloc(size, 9));
      await fetchFrom(['good']);
      expect(sha256(readFileSync(file))).toBe(SHA256);
      expect(asked().at(-1)).toBe('good from 0');
    },
  );

  it('does not let a bad address spoil the file for a good one', async () => {
    await fetchFrom(['wrongAndBreaks', 'good']);
    expect(sha256(readFileSync(file))).toBe(SHA256);
  });

  it('follows a redirect', async () => {
    await fetchFrom(['redirects']);
    expect(asked()).toEqual(['redirects from 0', 'good from 0']);
  });

  it('checks an md5, or takes the file on trust but never continues it', async () => {
    await fetchFrom(['wrong', 'good'], { sha256: undefined, md5: MD5 });
    writeFileSync(prepared(), Buffer.alloc(1000));
    await fetchFrom(['good'], { sha256: undefined, size: undefined });
    expect(sha256(readFileSync(file))).toBe(SHA256);
    await expect(fetchFrom(['good'], { size: undefined, maxSize: 1000 })).rejects.toThrow('sends more than 1000 bytes');
  });

  it('says of every address what is wrong with it, and gives no file', async () => {
    const failure = await fetchFrom(['missing', 'wrong', 'saysTooMuch']).catch((error) => error);
    expect(failure).toBeInstanceOf(DownloadError);
    expect(failure.offline).toBe(false);
    expect(failure.message).toMatch(
      /^download: data\.gz could not be had: .* answers 404 Not Found; .* sends wrong bytes/,
    );
    expect(failure.message).toMatch(/says that the file has 400000 bytes, not 300000$/);
    expect(existsSync(file)).toBe(false);
  });

  it('knows soon when there is no network', async () => {
    const urls = ['http://no-such-host.invalid/a', 'http://no-such-host-either.invalid/a'];
    const failure = await fetchFrom([], { urls, answerTimeout: 1000 }).catch((error) => error);
    expect(failure).toBeInstanceOf(DownloadError);
    expect(failure.offline).toBe(true);
    expect(failure.message).toMatch(/^download: data\.gz needs a network: no-such-host\.invalid /);
  });

  it('stops when told to, and keeps what has come', async () => {
    const abort = new AbortController();
    const stopped = fetchFrom(['stops'], { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(`${file}.part`)).toEqual(FILE.subarray(0, 5000));
  });
});

/** The part file, its folder made. */
function prepared(): string {
  mkdirSync(path.dirname(file), { recursive: true });
  return `${file}.part`;
}

describe('cacheFolder', () => {
  it.each([
    ['linux', {}, '/home/ada/.cache/flambeau'],
    ['linux', { XDG_CACHE_HOME: '/var/cache' }, '/var/cache/flambeau'],
    ['linux', { XDG_CACHE_HOME: 'not/absolute' }, '/home/ada/.cache/flambeau'],
    ['darwin', {}, '/home/ada/Library/Caches/flambeau'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/flambeau'],
    ['win32', {}, '/home/ada/AppData/Local/flambeau'],
    ['darwin', { FLAMBEAU_CACHE: '/elsewhere' }, '/elsewhere'],
  ] as const)('on %s with %o is %s', (platform, env, folder) => {
    expect(cacheFolder({ platform, env, home: '/home/ada' })).toBe(folder);
  });
});
