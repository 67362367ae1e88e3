import { relative, resolve, sep } from 'node:path'

/** A path relative to the folder `base`, with slashes. Both arguments are relative to `cwd`. */
export const pathFrom = (base: string, path: string, cwd: string): string =>
  relative(resolve(cwd, base), resolve(cwd, path)).split(sep).join('/')
