import { appendFileSync, fstatSync, writeSync } from 'node:fs'
import { inWords, run, tellBug } from './cli.ts'
import { problems } from './errors/index.ts'
import { runGit } from './git.ts'
import { type Io, nodeFiles, type Out } from './io.ts'
import { withGlob } from './load/files/with-glob.ts'

/** Told once that nothing more can be written, and why: `EPIPE`, `ENOSPC` … */
type Fail = (code: string) => void

const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)

/** Writes to a terminal or another device, by Node's own stream. */
const toDevice = (stream: NodeJS.WriteStream, fail: Fail): Out => {
  stream.on('error', error => fail(codeOf(error)))
  return { write: text => void stream.write(text), isTTY: stream.isTTY === true, columns: stream.columns }
}

/** Writes to a file, a pipe or a socket at once. Node's stream for it takes 6 ms to load. */
const toFile = (fd: number, fail: Fail): Out => {
  let open = true
  const write = (text: string): void => {
    let rest: Uint8Array = Buffer.from(text)
    while (open && rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(fd, rest))
      } catch (error) {
        const code = codeOf(error)
        // A pipe that is full, and that another process has set not to wait: it is asked again.
        if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
        else {
          open = false
          fail(code)
        }
      }
    }
  }
  return { write, isTTY: false, columns: undefined }
}

const isDevice = (fd: number): boolean => {
  const stat = fstatSync(fd)
  return !stat.isFile() && !stat.isFIFO() && !stat.isSocket()
}

/** The real streams, clock and files. */
const nodeIo = (root: string, { stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>): Io => ({
  ...withGlob(nodeFiles({ root })),
  stdout,
  stderr,
  env: process.env,
  today: () => new Date().toISOString().slice(0, 10),
  replace: async (path, text) => (await import('./disk/write-file.ts')).replaceFile(path, text),
  create: async (path, text) => (await import('./disk/write-file.ts')).createFile(path, text),
  append: (path, text) => appendFileSync(path, text),
  git: runGit,
  elapsed: () => performance.now(),
})

/** Runs the command line of this process. `root`: where package.json stands. */
export const main = async (root: string): Promise<void> => {
  let lost = false
  const streams: NodeJS.WriteStream[] = []
  const device = (stream: NodeJS.WriteStream, fail: Fail): Out => {
    streams.push(stream)
    return toDevice(stream, fail)
  }
  const failing =
    (tell: Fail): Fail =>
    code => {
      // Whoever reads us may stop early (`| head`): then there is nobody left to tell.
      if (code === 'EPIPE') return
      lost = true
      process.exitCode = 2
      tell(code)
    }
  const mute = failing(() => {})
  const stderr = isDevice(2) ? device(process.stderr, mute) : toFile(2, mute)
  const told = failing(code => stderr.write(inWords(problems.notWritable('stdout', code))))
  const stdout = isDevice(1) ? device(process.stdout, told) : toFile(1, told)
  const [argv, io] = [process.argv.slice(2), nodeIo(root, { stdout, stderr })]
  // From here on such an error is told in the form that the call asks for; bin/dsprice.js tells of earlier ones.
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', error => process.exit(tellBug(error, argv, io)))
  const code = await run(argv, io)
  process.exitCode = lost ? 2 : code
  // In its own turn: what went wrong with the last words is told before.
  setImmediate(leave, streams)
}

/**
 * Ends the process where all is written. Left to itself, Node takes its heap apart object by object before it ends: a
 * tenth of a short run.
 */
const leave = (streams: readonly NodeJS.WriteStream[]): void => {
  if (streams.every(({ writableLength }) => writableLength === 0)) process.exit()
}
