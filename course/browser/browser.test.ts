import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Training } from './training.js';

/** What page.ts gives the page. */
declare const trainDigits: (steps: number, batchSize?: number) => Promise<Training>;

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'browser-'));
const MB = 1 << 20;

/** The browser that FLAMBEAU_BROWSER names, or one on the PATH. */
function findBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = (process.env.PATH ?? '').split(delimiter).flatMap((path) => names.map((name) => join(path, name)));
  return process.env.FLAMBEAU_BROWSER ?? found.find(existsSync);
}

/** A page is isolated from others, which browsers ask for before they let its workers share memory, if its server says this. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** Serves the folder, its scripts to pages of other origins too; the page twice, as / and isolated. */
async function serve(): Promise<Server> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const isPage = pathname === '/' || pathname === '/isolated';
    const file = join(folder, isPage ? 'index.html' : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', types[extname(file)]);
    response.setHeader('access-control-allow-origin', '*');
    if (pathname === '/isolated') response.setHeaders(new Map(Object.entries(ISOLATED)));
    return response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

/** The same training in Node, on the engine that browsers have. */
function trainInNode(steps: number): Training {
  const script = `import { trainDigits } from './training.js'; console.log(JSON.stringify(await trainDigits(${steps})))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../dist/browser', import.meta.url)),
    env: { ...process.env, FLAMBEAU_ENGINE: 'wasm' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Training;
}

let server: Server;
beforeAll(async () => {
  server = await serve();
  // The page comes from localhost, its script from another origin, as from a network that delivers packages.
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await build({
    configFile: false,
    root,
    base,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 4096 },
  });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('the bundle that Vite makes for browsers', () => {
  it('imports nothing of Node', () => {
    const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const text = readFileSync(join(folder, 'assets', script), 'utf8');
      expect(/.{0,40}['"`]node:.{0,40}|.{0,40}__vite-browser-external.{0,40}/.exec(text)?.[0]).toBeUndefined();
    }
  });
});

const executablePath = findBrowser();
if (executablePath === undefined) {
  console.warn('no browser was found (FLAMBEAU_BROWSER names one): training in a page is not tested');
}

describe.skipIf(executablePath === undefined)('the digit net in a browser', () => {
  let browser: Browser;
  let page: Page;
  const train = (steps: number, batchSize?: number, where = page): Promise<Training> =>
    where.evaluate(([n, size]) => trainDigits(n, size), [steps, batchSize] as const);
  const open = async (path: string): Promise<Page> => {
    const opened = await browser.newPage();
    await opened.goto(`http://localhost:${(server.address() as AddressInfo).port}${path}`);
    await opened.waitForFunction(() => typeof trainDigits === 'function');
    return opened;
  };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    page = await open('/');
  });
  afterAll(() => browser?.close());

  it('trains as in Node, bit for bit, on the WebAssembly engine', async () => {
    const { engine, threads, losses } = await train(20);
    expect([engine, threads]).toEqual(['wasm', 1]);
    expect(losses).toEqual(trainInNode(20).losses);
    const mean = (numbers: number[]): number => numbers.reduce((sum, x) => sum + x) / numbers.length;
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)) / 2);
  });

  it('keeps its memory flat', async () => {
    // 50 steps of 14 MB and 30 of 110: what piles up between two collections stays far below the sum.
    const small = await train(50);
    expect(Math.max(...small.memory)).toBeLessThan(450 * MB);
    const large = await train(30, 256);
    expect(Math.max(...large.memory)).toBeLessThan(1400 * MB);
  });

  it('needs no shared memory and no isolation from other origins', async () => {
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
  });

  it('has a thread for every processor in a page that is isolated, and the same numbers', async () => {
    const isolated = await open('/isolated');
    const { threads, losses } = await train(20, undefined, isolated);
    expect(threads).toBe(await isolated.evaluate('navigator.hardwareConcurrency'));
    expect(isolated.workers()).toHaveLength(threads - 1);
    expect(losses).toEqual((await train(20)).losses);
  });
});
