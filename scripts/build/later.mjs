import { basename, dirname, join } from 'node:path'

const IMPORT = /^import \{ ([\w, ]+) \} from '(\.[^']+)'$/gm
// How rolldown writes the loading of a chunk on demand.
const ON_DEMAND =
  /__later\(Promise\.resolve\(\)\.then\(\(\) => (require\("[^"]+"\))\)(?:\.then\(\(n\) => n(\.\w+)\))?\)/g

/**
 * Loads a module when one of its functions is called. Where callers can wait, `import()` does that; these cannot, so in a
 * chunk, which is CommonJS, it becomes `require`.
 *
 * @param paths - paths of the modules
 */
export const later = paths => ({
  name: 'later',
  transform: {
    filter: { id: /\.ts$/ },
    handler: (code, id) =>
      code.replace(IMPORT, (whole, names, from) => {
        if (!paths.includes(join(dirname(id), from))) return whole
        const call = name => `const ${name} = (...given) => __later(import('${from}')).${name}(...given)`
        return names.split(', ').map(call).join('\n')
      }),
  },
  renderChunk: (code, { fileName }) => {
    const rendered = code.replace(ON_DEMAND, '$1$2')
    if (rendered.includes('__later(')) throw new Error(`${basename(fileName)} cannot load a module when it is called`)
    return rendered
  },
})
