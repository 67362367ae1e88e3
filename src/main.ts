import { appendFileSync } from 'node:fs'
import { inWords, run } from './cli.ts'
import { problems } from './errors.ts'
import { runGit } from './git.ts'
import { createFile, type Io, nodeFiles } from './io.ts'
import { withGlob } from './load/with-glob.ts'

/** The real streams, clock and files. */
const nodeIo = (root: string): Io => {
  const out = (stream: NodeJS.WriteStream): Io['stdout'] => ({
    write: text => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  })
  return {
    ...withGlob(nodeFiles({ root })),
    stdout: out(process.stdout),
    stderr: out(process.stderr),
    env: process.env,
    today: () => new Date().toISOString().slice(0, 10),
    replace: async (path, text) => {
      const { default: writeFileAtomic } = await import('write-file-atomic')
      await writeFileAtomic(path, text)
    },
    create: createFile,
    append: (path, text) => appendFileSync(path, text),
    git: runGit,
    elapsed: () => performance.now(),
  }
}

/** Runs the command line of this process. `root`: where package.json stands. */
export const main = async (root: string): Promise<void> => {
  let lost = false
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', error => {
      const code = 'code' in error ? String(error.code) : error.message
      // Whoever reads us may stop early (`| head`): then there is nobody left to tell.
      if (code === 'EPIPE') return
      lost = true
      process.exitCode = 2
      if (stream !== process.stderr) process.stderr.write(inWords(problems.notWritable('stdout', code)))
    })
  }
  const code = await run(process.argv.slice(2), nodeIo(root))
  process.exitCode = lost ? 2 : code
}
