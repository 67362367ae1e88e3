import { relative, resolve, sep } from 'node:path'

/** A path as it is written into a file of the folder `base`: relative, with slashes. Both are relative to `cwd`. */
export const pathFrom = (base: string, path: string, cwd: string): string =>
  relative(resolve(cwd, base), resolve(cwd, path)).split(sep).join('/')
