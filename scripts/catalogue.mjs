import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moduleOf } from './build/bundle.mjs'

/** The package whose data ships as the catalogue. A newer catalogue is a change of this line and a run of the script. */
// biome-ignore format: one line
const PINNED = { name: '@earendil-works/pi-ai', version: '1.6.0', integrity: 'sha512-9hL+eygFDEiFp//cydeUfmFsKmEqpmvsNPb10Y1W8+m5K9O+sx1hMStfu6nukrBD5sl6mP4RykCYBBNEgsVLfw==' }

/**
 * Writes pricing/catalogue-<day>.json from a pinned package, instead of the one that is there.
 * node scripts/catalogue.mjs [tarball]: without a tarball npm fetches it.
 */

const root = join(import.meta.dirname, '..')

const pack = folder => {
  const spec = `${PINNED.name}@${PINNED.version}`
  const flags = ['--ignore-scripts', '--json', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', spec, ...flags], { encoding: 'utf8' }))
  return join(folder, filename)
}

const verify = tarball => {
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  if (found !== PINNED.integrity) throw new Error(`${tarball} has the integrity ${found}, not the pinned one`)
}

const DATA = 'package/dist/providers/data'

/** The package's data as one document: its date, and each provider's file under its name. */
const readData = (tarball, folder) => {
  execFileSync('tar', ['-xzf', tarball, '-C', folder, DATA])
  const read = name => JSON.parse(readFileSync(join(folder, DATA, name), 'utf8'))
  const names = readdirSync(join(folder, DATA)).filter(name => !name.startsWith('.'))
  return {
    generatedAt: read('.manifest.json').generatedAt,
    providers: Object.fromEntries(names.sort().map(name => [name.replace('.json', ''), read(name)])),
  }
}

const counts = told => {
  const found = {}
  for (const { code } of told) found[code] = (found[code] ?? 0) + 1
  return JSON.stringify(found)
}

const folder = mkdtempSync(join(tmpdir(), 'dsprice-catalogue-'))
try {
  const tarball = process.argv[2] ?? pack(folder)
  verify(tarball)
  const { piAi } = await moduleOf(root, 'src/book/import/pi-ai.ts')
  const { bookOf } = await moduleOf(root, 'src/book/import/layer.ts')
  const { layerJson } = await moduleOf(root, 'src/report/files/layer-json.ts')
  const listing = piAi.read(readData(tarball, folder), '')
  if (listing === null) throw new Error(`the data of ${PINNED.name} ${PINNED.version} has another shape`)
  const named = {
    ...piAi,
    title: `pi-ai ${PINNED.version}, generated ${listing.date}`,
    where: `npm ${PINNED.name}@${PINNED.version} dist/providers/data/*.json (MIT), made from models.dev (MIT, Copyright (c) 2025 models.dev)`,
  }
  const { book, skipped, warnings } = bookOf(named, listing)
  const pricing = join(root, 'pricing')
  for (const old of readdirSync(pricing)) if (/^catalogue-.*\.json$/.test(old)) rmSync(join(pricing, old))
  const name = `catalogue-${book.version}.json`
  writeFileSync(join(pricing, name), layerJson(book))
  console.log(`pricing/${name}: ${book.models.length} models, ${Object.keys(book.providers).length} providers`)
  console.log(`left out: ${counts(skipped)}\nin doubt: ${counts(warnings)}`)
} finally {
  rmSync(folder, { recursive: true })
}
