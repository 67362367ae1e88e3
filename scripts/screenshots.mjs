import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './build/bundle.mjs'
import { writePageImages } from './screenshots/page-images.mjs'

/** Writes docs/images: what commands print on a terminal, as SVG; and, if Chromium is there, the page, as PNG. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/images')
const { screenshots } = await moduleOf(root, 'scripts/screenshots/screenshots.ts')
const images = await screenshots(root)
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder).filter(name => name.endsWith('.svg'))) rmSync(join(folder, file))
for (const [file, svg] of images) writeFileSync(join(folder, file), svg)
if (!(await writePageImages(root, folder)))
  console.error('there is no Chromium: the pictures of the page are left as they are')
