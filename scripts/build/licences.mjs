import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes LICENSES.txt: the licences of every package whose code is in dist/, of the vocabularies, and of the catalogue.
 *
 * @param modules - paths of the files that were bundled
 * @throws if a package has no licence file
 */
export const writeLicences = (root, dist, modules) => {
  const own = join(root, 'node_modules')
  const names = modules.flatMap(id => {
    const [, name] = /^((?:@[^/]+\/)?[^/]+)\//.exec(id.startsWith(own) ? id.slice(own.length + 1) : '') ?? []
    return name ?? []
  })
  const licences = [...new Set(names)].sort().map(name => licenceOf(own, name))
  writeFileSync(
    join(dist, 'LICENSES.txt'),
    `The files of dist/ hold code of these packages.\n\n${[...licences, ...vocabularyLicences(root, dist), catalogueLicence(root)].join('\n---\n\n')}`,
  )
}

const licenceOf = (modules, name) => {
  const folder = join(modules, name)
  const file = existsSync(folder) ? readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry)) : undefined
  if (!file) throw new Error(`${name} is bundled but has no licence file`)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

/** The text of the MIT licence, as in our own file, without its copyright line. */
const mitText = root => readFileSync(join(root, 'LICENSE'), 'utf8').split('\n\n').slice(2).join('\n\n')

/** Whose each vocabulary is, by its file, and under which licence its maker published it. */
const VOCABULARIES = {
  'o200k_base.vocab': {
    what: "OpenAI's ranks, from tiktoken",
    licence: 'MIT',
    copyright: 'Copyright (c) 2022 OpenAI, Shantanu Jain',
  },
  'cl100k_base.vocab': {
    what: "OpenAI's ranks, from tiktoken",
    licence: 'MIT',
    copyright: 'Copyright (c) 2022 OpenAI, Shantanu Jain',
  },
  'deepseek-v3.vocab': {
    what: 'the vocabulary of DeepSeek-V3 to V4.1',
    licence: 'MIT',
    copyright: 'Copyright (c) 2023 DeepSeek',
  },
  'qwen.vocab': {
    what: 'the vocabulary of Qwen 2.5 and 3',
    licence: 'Apache-2.0',
    copyright: 'Copyright 2024 Alibaba Cloud',
  },
  'tekken.vocab': {
    what: "Mistral's tekken, from Mistral Nemo",
    licence: 'Apache-2.0',
    copyright: 'Copyright 2024 Mistral AI',
  },
}

/** @throws if a vocabulary has no row */
const vocabularyLicences = (root, dist) => {
  const files = readdirSync(join(dist, 'vocabularies')).sort()
  const apache = readFileSync(join(root, 'node_modules/@huggingface/tokenizers/LICENSE'), 'utf8').trim()
  return files.map((file, i) => {
    const row = VOCABULARIES[file]
    if (!row) throw new Error(`${file} has no licence`)
    const { what, licence, copyright } = row
    // One text for all files under it.
    const isFirst = files.findIndex(one => VOCABULARIES[one]?.licence === licence) === i
    const text = licence === 'MIT' ? mitText(root) : isFirst ? apache : 'Apache License 2.0, as above\n'
    const title = licence === 'MIT' ? 'MIT License\n\n' : ''
    return `dist/vocabularies/${file}: ${what}\n\n${title}${copyright}\n\n${text}`
  })
}

/** The catalogue is data of a package under the MIT licence, which was made from models.dev, under the same. */
const catalogueLicence =
  root => `The catalogue of prices (pricing/catalogue-*.json), converted from @earendil-works/pi-ai and models.dev

MIT License

Copyright (c) Mario Zechner and the authors of @earendil-works/pi-ai
Copyright (c) 2025 models.dev

${mitText(root)}`
