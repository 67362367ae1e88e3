import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { later } from './later.mjs'
import { mergeChunks } from './merge-chunks.mjs'
import { plainExports } from './plain-exports.mjs'

/**
 * Bundles the command line as CommonJS chunks, and the library as one ES module. The `import()`s in src/ decide what a
 * chunk holds: a run parses the command that is called and the formats that it prints.
 */

// Vocabularies are megabytes and few runs count text, so these are read from their packages when they are needed.
const EXTERNAL = [/^js-tiktoken/, '@huggingface/tokenizers']
// Installed by whoever needs it: 24 MB of it are for one platform.
const OPTIONAL = ['@duckdb/node-api']

// Modules of functions that few runs call and that cannot wait for an import().
const LATER = ['src/load/source/yaml-source.ts']

const at = (root, path) => join(root, path)

const cliInput = root => ({
  cwd: root,
  input: { cli: 'src/main.ts' },
  platform: 'node',
  external: [...EXTERNAL, ...OPTIONAL],
  plugins: [later(LATER.map(path => at(root, path))), plainExports],
  transform: { target: 'node20.19' },
  // Merged chunks keep every export that others use.
  preserveEntrySignatures: 'allow-extension',
  // json.ts is small, and other commands load it anyway.
  checks: { ineffectiveDynamicImport: false },
  resolve: {
    alias: {
      // commander starts other programs as subcommands; we have none, and loading it takes 4 ms.
      'node:child_process': at(root, 'scripts/nothing.cjs'),
      // Its build for Node is 74 CommonJS files: none can be left out, and each is parsed twice.
      yaml: at(root, 'node_modules/yaml/browser/dist/index.js'),
    },
  },
})

const cliOutput = {
  // Node starts CommonJS faster than an ES module.
  format: 'cjs',
  minify: true,
  exports: 'named',
  esModule: false,
  externalLiveBindings: false,
  dynamicImportInCjs: false,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name].cjs',
}

const withBundle = async (input, work) => {
  const bundle = await rolldown(input)
  try {
    return await work(bundle)
  } finally {
    await bundle.close()
  }
}

/**
 * Writes cli.cjs and chunks/. Split as finely as `import()` allows, a run would load forty files. So the chunks are
 * generated once to be weighed, and again in the groups that cost all runs least.
 *
 * @returns each chunk's file and the modules that it holds
 */
export const bundleCli = async (root, dist) => {
  const fine = await withBundle(cliInput(root), bundle => bundle.generate(cliOutput))
  const groupOf = mergeChunks(fine.output)
  const groups = [{ debugName: 'merged', name: id => groupOf.get(id) ?? null }]
  const codeSplitting = { includeDependenciesRecursively: false, groups }
  const { output } = await withBundle(cliInput(root), bundle =>
    bundle.write({ ...cliOutput, dir: dist, codeSplitting }),
  )
  return output
}

/** Writes index.js, the library; its packages are installed beside it. */
export const bundleLibrary = (root, dist) => bundleModule(root, 'src/index.ts', join(dist, 'index.js'))

const moduleInput = (root, entry) => ({
  cwd: root,
  input: entry,
  platform: 'node',
  external: /^[^./]/,
  transform: { target: 'node20.19' },
})

/** Bundles a source of ours into one ES module that imports its packages. */
export const bundleModule = (root, entry, file) =>
  withBundle(moduleInput(root, entry), bundle => bundle.write({ file, format: 'es', codeSplitting: false }))

/** Imports a source of ours: bundled for the moment, to a place from which it finds its packages. */
export const moduleOf = async (root, entry) => {
  const file = join(root, 'node_modules/.cache/dsprice', `${basename(entry, '.ts')}-${process.pid}.mjs`)
  await bundleModule(root, entry, file)
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(file)
  }
}
