import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Writes page.js and page.css, the program and the look of the page of `dsprice report`, and page.json: the hashes that
 * its Content-Security-Policy allows.
 *
 * @returns the modules that the program holds
 */
export const bundlePage = async (root, dist) => {
  const bundle = await rolldown({
    cwd: root,
    input: 'src/page/main.ts',
    platform: 'browser',
    transform: { target: 'es2023' },
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false })
  await bundle.close()
  const [{ code, moduleIds }] = output
  // Inside <script> nothing but this ends the program.
  const script = code.replaceAll('</script', '<\\/script')
  const style = readFileSync(join(root, 'src/page/page.css'), 'utf8')
  const hashes = { script: hashOf(script), styles: [hashOf(style), hashOf(plotStyle(root))] }
  writeFileSync(join(dist, 'page.js'), script)
  writeFileSync(join(dist, 'page.css'), style)
  writeFileSync(join(dist, 'page.json'), `${JSON.stringify(hashes)}\n`)
  return moduleIds
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
