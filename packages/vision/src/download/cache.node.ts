import { homedir } from 'node:os';
import path from 'node:path';

/** What decides where the cache is: the environment, the kind of system and the user's home. */
interface Surroundings {
  env?: Readonly<Record<string, string | undefined>>;
  platform?: NodeJS.Platform;
  home?: string;
}

/**
 * The folder for downloaded files: `$FLAMBEAU_CACHE`, or else `flambeau` in the place that the system gives to caches. The folder
 * may not exist yet.
 */
export function cacheFolder({
  env = process.env,
  platform = process.platform,
  home = homedir(),
}: Surroundings = {}): string {
  if (env.FLAMBEAU_CACHE) return path.resolve(env.FLAMBEAU_CACHE);
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'flambeau');
    case 'win32':
      return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'flambeau');
    default: {
      // The XDG specification tells to ignore a relative path.
      const base = env.XDG_CACHE_HOME;
      return path.join(base && path.isAbsolute(base) ? base : path.join(home, '.cache'), 'flambeau');
    }
  }
}
