// Files that are read and written.
import type { Problem } from './problem.ts'
import { quoted, withSlashes } from './words.ts'

export const noFile = (
  file: string,
  fix = 'check the path; paths inside a scenario are relative to the scenario',
): Problem => ({
  code: 'NO_FILE',
  exit: 2,
  about: file,
  what: `there is no file ${quoted(file)}`,
  fix: withSlashes(file) ?? fix,
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
  fix: 'check that it is an ordinary file that you can read',
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
  fix: 'fetch its content with git lfs pull; if it is in a baseline, set an absolute limit (per_month, per_period)',
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
  what: `${quoted(file)} is outside ${quoted(boundary)}, and a file may name only paths inside it`,
  fix: 'move it inside, or add --allow-outside if you trust whoever wrote this with all your files',
})

export const gitInput = (file: string): Problem => ({
  code: 'OUTSIDE',
  exit: 2,
  about: file,
  what: `${quoted(file)} belongs to git: nothing in a .git folder is read`,
  fix: 'name a file outside .git',
})

export const tooLarge = (file: string, bytes: number | null, limit: number): Problem => ({
  code: 'TOO_LARGE',
  exit: 2,
  about: file,
  what:
    bytes === null
      ? `${quoted(file)} is larger than the limit of ${limit} bytes`
      : `${quoted(file)} has ${bytes} bytes, more than the limit of ${limit}`,
  fix: 'split it up; a scenario can name each prompt in its own file: {file: …}',
})

export const badTokenizerFile = (file: string, why: string, fix: string): Problem => ({
  code: 'BAD_TOKENIZER_FILE',
  exit: 3,
  about: file,
  what: `${quoted(file)} cannot be counted with: ${why}`,
  why: { why: `its tokenizer file cannot be counted with: ${why}`, kind: 'its tokenizer file cannot be counted with' },
  fix,
})

export const textTooHard = (file: string, characters: number): Problem => ({
  code: 'TEXT_TOO_HARD',
  exit: 3,
  about: file,
  what: `${quoted(file)} has no place to cut it for ${characters} characters: no space or line break after a letter or digit`,
  fix: 'break it into lines, or count parts of it that are files of their own',
})

export const emptyFile = (file: string): Problem => ({
  code: 'EMPTY_FILE',
  exit: 2,
  about: file,
  what: `${quoted(file)} is empty`,
  fix: 'fill it in; dsprice schema scenario or dsprice schema pricing shows the keys',
})

export const notWritable = (file: string, why: string): Problem => ({
  code: 'NOT_WRITABLE',
  exit: 2,
  about: file,
  what: `cannot write ${quoted(file)}: ${why}`,
  fix: 'name a file in a folder that exists and that you can write to',
})

export const outputIsInput = (file: string): Problem => ({
  code: 'OUTPUT_IS_INPUT',
  exit: 2,
  about: file,
  what: `${quoted(file)} is read by this run, so it is not overwritten`,
  fix: 'name another file with -o',
})

/** @param other - a flag with another name */
export const fileExists = (file: string, other: string): Problem => ({
  code: 'FILE_EXISTS',
  exit: 2,
  what: `${quoted(file)} already exists, and is never overwritten`,
  fix: `write ${other}, or - for stdout`,
})

export const noFolder = (folder: string, why: string): Problem => ({
  code: 'NO_FOLDER',
  exit: 2,
  what: `cannot read the folder ${quoted(folder)}: ${why}`,
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
  fix: 'use *, **, ?, [a-z], [!a] and {a,b}; put a backslash before such a character in a name',
})

export const tooManyFiles = (pattern: string, folder: string, limit: number): Problem => ({
  code: 'TOO_MANY_FILES',
  exit: 2,
  what: `searching ${quoted(folder)} for ${quoted(pattern)} goes through more than ${limit} entries`,
  fix: 'name a deeper folder, or a narrower pattern such as scenarios/*.yaml',
})

export const notAResult = (file: string, found: string): Problem => ({
  code: 'NOT_A_RESULT',
  exit: 2,
  what: `${quoted(file)} is not a result that this version can render: ${found}`,
  fix: 'write one with dsprice estimate scenario.yaml --json -o result.json',
})
