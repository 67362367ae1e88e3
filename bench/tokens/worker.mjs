import { ENGINES } from './engines.mjs'
import { TEXTS } from './texts.mjs'

/** node worker.mjs <vocabulary> <engine>: prints load time, speeds, counts and memory as JSON. */

const [, , vocabulary, engine] = process.argv
const texts = Object.entries(TEXTS).map(([name, make]) => [name, make(1), make(2)])

const before = process.memoryUsage().rss
const start = performance.now()
const count = await ENGINES[vocabulary][engine]()
count('a first word')
const load = performance.now() - start

const speed = {}
const counts = {}
for (const [name, warm, text] of texts) {
  // The code is warm, and the words are known that another text of the kind has too.
  count(warm)
  const begun = performance.now()
  counts[name] = count(text)
  speed[name] = Buffer.byteLength(text) / 1000 / (performance.now() - begun)
}
console.log(JSON.stringify({ load, speed, counts, memory: (process.memoryUsage().rss - before) / 1e6 }))
