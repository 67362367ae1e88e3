import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

/**
 * Writes page.json, what a page of `dsprice report` is made of: its program, packed; the loader that unpacks it; its
 * look; and the hashes that its Content-Security-Policy allows.
 *
 * @returns the modules that the program holds
 */
export const bundlePage = async (root, dist) => {
  const program = await bundled(root, 'src/page/main.ts')
  const loader = await bundled(root, 'src/page/loader.ts')
  const style = readFileSync(join(root, 'src/page/page.css'), 'utf8')
  const page = {
    program: gzipSync(program.code, { level: 9 }).toString('base64'),
    loader: loader.code,
    style,
    hashes: {
      scripts: [hashOf(loader.code), hashOf(program.code)],
      styles: [hashOf(style), hashOf(plotStyle(root))],
    },
  }
  writeFileSync(join(dist, 'page.json'), `${JSON.stringify(page)}\n`)
  return program.moduleIds
}

const bundled = async (root, input) => {
  const bundle = await rolldown({ cwd: root, input, platform: 'browser', transform: { target: 'es2023' } })
  const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false })
  await bundle.close()
  const [{ code, moduleIds }] = output
  if (/<\/script|<!--/i.test(code)) throw new Error(`${input} would end its element in the page`)
  return { code, moduleIds }
}

const hashOf = text => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** The text of the style element that the chart library puts into each drawing, for the class that ours have. */
const plotStyle = root => {
  const source = readFileSync(join(root, 'node_modules/@observablehq/plot/src/plot.js'), 'utf8')
  const found = /append\("style"\)\.text\(\s*`([^`]*)`/.exec(source)?.[1]
  if (found === undefined) throw new Error('the chart library no longer has its style where it was')
  // The placeholder of its class.
  return found.replaceAll(`\${className}`, 'plot')
}
