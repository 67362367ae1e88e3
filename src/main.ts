import { appendFileSync, fstatSync, writeSync } from 'node:fs'
import { inWords, run, tellBug } from './cli.ts'
import { problems } from './errors/index.ts'
import { runGit } from './git.ts'
import { type Io, nodeFiles, type Out } from './io.ts'
import { withGlob } from './load/files/with-glob.ts'

/** Called once when nothing more can be written, with the reason: `EPIPE`, `ENOSPC` … */
type Fail = (code: string) => void

const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)

/** Writes to a terminal or another device through Node's own stream. */
const toDevice = (stream: NodeJS.WriteStream, fail: Fail): Out => {
  stream.on('error', error => fail(codeOf(error)))
  return { write: text => void stream.write(text), isTTY: stream.isTTY === true, columns: stream.columns }
}

/** Writes synchronously to a file, pipe or socket, as Node's stream for these takes 6 ms to load. */
const toFile = (fd: number, fail: Fail): Out => {
  let open = true
  const write = (text: string): void => {
    let rest: Uint8Array = Buffer.from(text)
    while (open && rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(fd, rest))
      } catch (error) {
        const code = codeOf(error)
        // The pipe is full, and another process has made it non-blocking: try again.
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
const nodeIo = (root: string, streams: Pick<Io, 'stdout' | 'stderr'>): Io => ({
  ...withGlob(nodeFiles({ root })),
  ...streams,
  env: process.env,
  today: () => new Date().toISOString().slice(0, 10),
  replace: async (path, text) => (await import('./disk/write-file.ts')).replaceFile(path, text),
  create: async (path, text) => (await import('./disk/write-file.ts')).createFile(path, text),
  append: (path, text) => appendFileSync(path, text),
  git: runGit,
  elapsed: () => performance.now(),
  afresh: () => nodeIo(root, streams),
  untilStopped: () =>
    new Promise(done => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    }),
})

/** Runs the command line of this process. `root`: the folder of package.json. */
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
      // The reader may stop early (`| head`); then nobody is left to read an error message.
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
  // From here on uncaught errors are reported as the flags ask, as text or JSON; bin/dsprice.js reports earlier ones.
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', error => process.exit(tellBug(error, argv, io)))
  const code = await run(argv, io)
  process.exitCode = lost ? 2 : code
  // Deferred, so that an error of the last write is reported first.
  setImmediate(leave, streams)
}

/**
 * Ends the process once everything is written. Otherwise Node frees its heap object by object first, which takes a
 * tenth of a short run.
 */
const leave = (streams: readonly NodeJS.WriteStream[]): void => {
  if (streams.every(({ writableLength }) => writableLength === 0)) process.exit()
}
