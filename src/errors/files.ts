// Files that are read and written.
import type { Problem } from './problem.ts'
import { quoted, withSlashes } from './words.ts'

export const noFile = (file: string): Problem => ({
  code: 'NO_FILE',
  exit: 2,
  about: file,
  what: `there is no file ${quoted(file)}`,
  fix: withSlashes(file) ?? 'check the path; paths inside a scenario are relative to the scenario',
})

export const isFolder = (file: string): Problem => ({
  code: 'IS_FOLDER',
  exit: 2,
  about: file,
  what: `${quoted(file)} is a folder, not a file`,
  fix: `name a file in it, such as ${file.replace(/\/$/, '')}/chat.yaml`,
})

export const notReadable = (file: string, why: string): Problem => ({
  code: 'NOT_READABLE',
  exit: 2,
  about: file,
  what: `cannot read ${quoted(file)}: ${why}`,
  fix: 'check that it is an ordinary file you may read',
})

export const notText = (file: string, byte: number): Problem => ({
  code: 'NOT_TEXT',
  exit: 2,
  about: file,
  what: `${quoted(file)} is not UTF-8 text: the first wrong byte is number ${byte}`,
  fix: 'save it as UTF-8, or name the right file',
})

export const lfsPointer = (file: string): Problem => ({
  code: 'NOT_READABLE',
  exit: 2,
  about: file,
  what: `cannot read ${quoted(file)}: it is a Git LFS pointer`,
  fix: 'fetch what it stands for: git lfs pull; of a baseline, hold an absolute limit (per_month, per_period)',
})

export const hasNul = (file: string, byte: number): Problem => ({
  code: 'NOT_TEXT',
  exit: 2,
  about: file,
  what: `${quoted(file)} is not text: byte number ${byte} is a NUL`,
  fix: 'save it as UTF-8, or name the right file',
})

export const outside = (file: string, boundary: string): Problem => ({
  code: 'OUTSIDE',
  exit: 2,
  about: file,
  what: `${quoted(file)} lies outside ${quoted(boundary)}, and a file may name only what lies inside`,
  fix: 'move it inside; or add --allow-outside, if you trust whoever wrote this with every file of yours',
})

export const gitInput = (file: string): Problem => ({
  code: 'OUTSIDE',
  exit: 2,
  about: file,
  what: `${quoted(file)} belongs to git: nothing in a .git is read`,
  fix: 'name a file of your own',
})

export const tooLarge = (file: string, bytes: number | null, limit: number): Problem => ({
  code: 'TOO_LARGE',
  exit: 2,
  about: file,
  what:
    bytes === null
      ? `${quoted(file)} has more than the ${limit} bytes that are read here`
      : `${quoted(file)} has ${bytes} bytes, more than the ${limit} that are read here`,
  fix: 'split it up; a scenario names its prompts, each in a file of its own: {file: …}',
})

export const emptyFile = (file: string): Problem => ({
  code: 'EMPTY_FILE',
  exit: 2,
  about: file,
  what: `${quoted(file)} is empty`,
  fix: 'write what belongs in it; dsprice schema scenario or dsprice schema pricing shows the keys',
})

export const notWritable = (file: string, why: string): Problem => ({
  code: 'NOT_WRITABLE',
  exit: 2,
  about: file,
  what: `cannot write ${quoted(file)}: ${why}`,
  fix: 'name a file in a folder that exists and that you may write',
})

export const outputIsInput = (file: string): Problem => ({
  code: 'OUTPUT_IS_INPUT',
  exit: 2,
  about: file,
  what: `${quoted(file)} is a file that this run reads, and is not overwritten`,
  fix: 'name another file with -o',
})

export const fileExists = (file: string, other: string): Problem => ({
  code: 'FILE_EXISTS',
  exit: 2,
  what: `${quoted(file)} is there already, and is never overwritten`,
  fix: `write -o ${other}, or - for stdout`,
})

export const noFolder = (folder: string, why: string): Problem => ({
  code: 'NO_FOLDER',
  exit: 2,
  what: `cannot look into the folder ${quoted(folder)}: ${why}`,
  fix: 'name a folder, such as dsprice init .',
})

export const noMatch = (pattern: string, fix = 'check the pattern; it is relative to the scenario'): Problem => ({
  code: 'NO_MATCH',
  exit: 2,
  what: `no file matches ${quoted(pattern)}`,
  fix: withSlashes(pattern) ?? fix,
})

export const badGlob = (pattern: string, why: string): Problem => ({
  code: 'BAD_GLOB',
  exit: 2,
  what: `the pattern ${quoted(pattern)} cannot be used: ${why}`,
  fix: 'use *, **, ?, [a-z], [!a] and {a,b}, and a backslash before such a character where a name has it',
})

export const tooManyFiles = (pattern: string, folder: string, limit: number): Problem => ({
  code: 'TOO_MANY_FILES',
  exit: 2,
  what: `${quoted(pattern)} in ${quoted(folder)} goes through more than ${limit} entries of folders`,
  fix: 'name a folder further down, or a narrower pattern such as scenarios/*.yaml',
})

export const notAResult = (file: string, found: string): Problem => ({
  code: 'NOT_A_RESULT',
  exit: 2,
  what: `${quoted(file)} is not a result that this version can render: ${found}`,
  fix: 'write one with dsprice estimate scenario.yaml --json -o result.json',
})
