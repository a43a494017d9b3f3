// Joins what tsc compiled of a package into one module per platform: a hundred small files cost Node 45 ms at every import.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Packages whose `exports` name bundles. */
const packages = ['kernels', 'flambeau'];

/** What each platform's bundle chooses of the twins `*.node.ts` and `*.browser.ts`. */
const platforms = { node: 'node', browser: 'default' };

/** Hands tsc's source maps on, so that a stack trace names the TypeScript line. */
const sourceMaps = {
  name: 'source-maps',
  load: {
    filter: { id: /dist\/.*\.js$/ },
    handler: (id) => ({ code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) }),
  },
};

/** Another process may be importing the last one. */
function replace(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** Bundles every package for every platform; as `setup`, before the tests, which see the packages as users do. */
export { bundle as setup };
export async function bundle() {
  const { rolldown } = await import('rolldown');
  for (const directory of packages) {
    const dist = join(root, 'packages', directory, 'dist');
    for (const [platform, condition] of Object.entries(platforms)) {
      const module = await rolldown({
        input: join(dist, 'index.js'),
        external: [/^node:/, /^@flambeau\//, /wasm-bytes\.generated\.js$/],
        platform: 'neutral',
        resolve: { conditionNames: [condition, 'default'] },
        plugins: [sourceMaps],
      });
      const name = `bundle.${platform}.js`;
      // Comments are read in the declarations and the sources; here they cost every import 2 ms. Annotations are for bundlers of programs.
      const { output } = await module.generate({
        file: join(dist, name),
        sourcemap: 'hidden',
        keepNames: true,
        comments: { annotation: true, jsdoc: false, legal: true },
      });
      await module.close();
      replace(join(dist, `${name}.map`), JSON.stringify(output[0].map));
      replace(join(dist, name), `${output[0].code}//# sourceMappingURL=${name}.map\n`);
    }
  }
}
