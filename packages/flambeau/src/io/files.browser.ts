const refuse = (what: string): never => {
  throw new Error(
    `${what}: browsers have no file paths: pass the bytes, for instance new Uint8Array(await (await fetch(url)).arrayBuffer())`,
  );
};

/** The bytes of a file: only where there are files. */
export function readFile(path: string): Uint8Array {
  return refuse(`reading '${path}'`);
}

/** Writes a file: only where there are files. */
export function writeFile(path: string, _chunks: Iterable<Uint8Array>): void {
  refuse(`writing '${path}'`);
}
