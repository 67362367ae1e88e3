import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './build/bundle.mjs'

/** Writes docs/images: what commands print on a terminal, as SVG. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/images')
const { screenshots } = await moduleOf(root, 'scripts/screenshots/screenshots.ts')
const images = await screenshots(root)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [file, svg] of images) writeFileSync(join(folder, file), svg)
