// Writes the files of packages/flambeau/src/io/written.testing.ts into a folder: node write-formats.mjs FOLDER
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { written } from '../../packages/flambeau/dist/io/written.testing.js';

for (const [name, bytes] of Object.entries(written())) writeFileSync(join(process.argv[2], name), bytes);
