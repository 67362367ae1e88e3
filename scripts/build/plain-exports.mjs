// How rolldown writes the exports of a chunk, so that importers see later changes of a binding.
const GETTER =
  /Object\.defineProperty\(exports, "([\w$]+)", \{\s*enumerable: true,\s*get: function ?\(\) \{\s*return ([^;]+);\s*\}\s*\}\);/g

/**
 * Exports values instead of getters. A run takes some hundred names from other chunks, and each getter is compiled at its
 * first call: a sixth of the start-up. Chunks never import each other in a circle, and what may change keeps its getter.
 */
export const plainExports = {
  name: 'plain-exports',
  renderChunk: code =>
    code.replace(GETTER, (getter, name, value) => (isLet(code, value) ? getter : `exports.${name} = ${value};`)),
}

const isLet = (code, name) => new RegExp(`^let ${name.replaceAll('$', '\\$')}\\b`, 'm').test(code)
