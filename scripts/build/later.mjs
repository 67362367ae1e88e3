import { basename, dirname, join } from 'node:path'

const IMPORT = /^import \{ ([\w, ]+) \} from '(\.[^']+)'$/gm
// As rolldown writes the loading of a chunk on demand.
const ON_DEMAND =
  /__later\(Promise\.resolve\(\)\.then\(\(\) => (require\("[^"]+"\))\)(?:\.then\(\(n\) => n(\.\w+)\))?\)/g

/**
 * Loads a module of functions when one of them is called. `import()` does that where there is time to wait; here is none:
 * in a chunk, which is CommonJS, it is `require`.
 *
 * @param paths - of the modules
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
