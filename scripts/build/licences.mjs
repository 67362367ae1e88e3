import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes LICENSES.txt: the licences of every package whose code is in dist/, and of the vocabulary.
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
    `The files of dist/ hold code of these packages.\n\n${[...licences, vocabularyLicence(root), catalogueLicence(root)].join('\n---\n\n')}`,
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

/** The vocabulary is a file of DeepSeek's release, whose code and tokenizer are under the MIT licence. */
const vocabularyLicence = root => `DeepSeek's vocabulary (dist/vocabularies/deepseek-v3.json)

MIT License

Copyright (c) 2023 DeepSeek

${mitText(root)}`

/** The catalogue is data of a package under the MIT licence, which was made from models.dev, under the same. */
const catalogueLicence =
  root => `The catalogue of prices (pricing/catalogue-*.json), converted from @earendil-works/pi-ai and models.dev

MIT License

Copyright (c) Mario Zechner and the authors of @earendil-works/pi-ai
Copyright (c) 2025 models.dev

${mitText(root)}`
