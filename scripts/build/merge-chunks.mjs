import { basename } from 'node:path'

/**
 * Decides which modules go into one file. Finding, opening and reading a file costs a run as much as parsing some
 * thousands of characters. So small chunks that are mostly loaded together are merged, as long as that makes all runs
 * cheaper in sum. What is loaded on demand, a command or a format, stays alone: no other run ever loads it.
 */

// Measured: opening and compiling an empty file takes as long as parsing about this many characters of a large one.
const FILE = 8000

/**
 * @param chunks - chunks of a bundle that is split as finely as possible
 * @returns the group of each module's chunk, by the module's id; the modules of the program's entry have none
 */
export const mergeChunks = chunks => {
  const nodes = nodesOf(chunks)
  for (let best = bestMerge(nodes); best !== null; best = bestMerge(nodes)) merge(nodes, best)
  const rows = nodes.flatMap(({ name, modules }, i) => (i === 0 ? [] : modules.map(id => [id, name])))
  return new Map(rows)
}

/** The chunks as nodes of their import graph, the program's entry first. */
const nodesOf = chunks => {
  const sorted = [...chunks].sort((a, b) => Number(b.isEntry) - Number(a.isEntry))
  const index = new Map(sorted.map(({ fileName }, i) => [fileName, i]))
  return sorted.map(({ fileName, code, moduleIds, imports, isDynamicEntry }) => ({
    // Two sources of the same name are two chunks; rolldown gives their files different names.
    name: basename(fileName, '.cjs'),
    modules: moduleIds,
    size: code.length,
    imports: new Set(imports.flatMap(file => index.get(file) ?? [])),
    isRoot: isDynamicEntry,
  }))
}

/** Everything that loading a node loads, itself included. */
const closureOf = (nodes, start) => {
  const found = new Set([start])
  for (const i of found) for (const next of nodes[i].imports) found.add(next)
  return found
}

/** The pair whose merging saves most over all roots; `null`: no merging saves anything. */
const bestMerge = nodes => {
  const closures = nodes.map((_, i) => closureOf(nodes, i))
  const runs = nodes.flatMap(({ isRoot }, i) => (isRoot ? [new Set([...closures[0], ...closures[i]])] : []))
  let best = { saved: 0, pair: null }
  for (let a = 1; a < nodes.length; a++) {
    for (let b = a + 1; b < nodes.length; b++) {
      if (nodes[a].isRoot || nodes[b].isRoot || isCircular(nodes, closures, a, b)) continue
      const both = [...new Set([...closures[a], ...closures[b]])]
      const saved = runs.reduce((sum, run) => sum + savedIn(run, { nodes, a, b, both }), 0)
      if (saved > best.saved) best = { saved, pair: [a, b] }
    }
  }
  return best.pair
}

/** What a merge saves one run, in characters: a file; negative: what the run would load in vain. */
const savedIn = (run, { nodes, a, b, both }) => {
  if (run.has(a) && run.has(b)) return FILE
  if (!run.has(a) && !run.has(b)) return 0
  const extra = both.filter(i => !run.has(i))
  return FILE - extra.reduce((sum, i) => sum + FILE + nodes[i].size, 0)
}

/** Whether one leads to the other through a third: merged, the two would import themselves. */
const isCircular = (nodes, closures, a, b) =>
  [
    [a, b],
    [b, a],
  ].some(([from, to]) => [...nodes[from].imports].some(next => next !== to && closures[next].has(to)))

const merge = (nodes, [a, b]) => {
  const [into, gone] = [nodes[a], nodes[b]]
  if (gone.size > into.size) into.name = gone.name
  into.modules = [...into.modules, ...gone.modules]
  into.size += gone.size
  for (const next of gone.imports) into.imports.add(next)
  nodes.splice(b, 1)
  const renumber = i => (i === b ? a : i > b ? i - 1 : i)
  nodes.forEach((node, i) => {
    node.imports = new Set([...node.imports].map(renumber).filter(next => next !== i))
  })
}
