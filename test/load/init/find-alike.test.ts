import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { initTrial } from '../../init-trial.ts'

let trial: ReturnType<typeof initTrial>
beforeEach(() => {
  trial = initTrial()
})
afterEach(() => trial.remove())

const written = (): string => readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')

// "rule" and each " rule" are one token, and so is each of the words that follow.
const LONG = `rule${' rule'.repeat(299)}`
const [HELLO, THREE] = [`${LONG} there`, `${LONG} hello hello hello`]
const system = (content: string, user: string) => ({
  messages: [
    { role: 'system', content },
    { role: 'user', content: user },
  ],
})

describe('samples that begin alike', () => {
  it('give their prefix to shared and the mean of the rests to turn, with a question each', async () => {
    trial.lay({ 'users/a.txt': HELLO, 'users/b.txt': THREE })
    const { out } = await trial.init()
    expect(out).toContain('begin alike    300 tokens (a guess)')
    expect(trial.read().request).toMatchObject({ shared: [300], turn: 2 })
    expect(written()).toContain('- 300 # guess: tokens that the samples begin with alike: are they the same in every')
    expect(written()).toContain('turn: 2 # guess: the mean of what is left of users/*.txt: is this what users send?')
  })

  it('keep a system prompt that is found beside them', async () => {
    trial.lay({ 'prompts/system.md': 'Be kind.', 'prompts/users/a.txt': HELLO, 'prompts/users/b.txt': THREE })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: [{ file: 'prompts/system.md' }, 300], turn: 2 })
  })

  it.each([
    { it: 'by a phrase alone', a: `rule${' rule'.repeat(254)} hello`, b: `rule${' rule'.repeat(254)} there` },
    { it: 'not at all', a: `hello ${LONG}`, b: LONG },
  ])('$it stay as they are', async ({ a, b }) => {
    trial.lay({ 'users/a.txt': a, 'users/b.txt': b })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: '2K', turn: { files: 'users/*.txt' } })
  })

  it('one sample alone shares nothing', async () => {
    trial.lay({ 'users/a.txt': HELLO })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: '2K', turn: { file: 'users/a.txt' } })
  })
})

describe('conversations that begin alike', () => {
  it('give their system message to shared', async () => {
    trial.lay({ 'chats.json': JSON.stringify([system(LONG, 'hello'), system(LONG, 'hello hello hello')]) })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: [300], turn: 2 })
  })

  it('give it up for a system prompt in a file', async () => {
    trial.lay({
      'system.md': LONG,
      'chats.json': JSON.stringify([system(LONG, 'hello'), system(LONG, 'hello hello hello')]),
    })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: [{ file: 'system.md' }], turn: 2 })
  })

  it('give what all user messages begin with', async () => {
    trial.lay({ 'chats.json': JSON.stringify([system('Be kind.', HELLO), system('Be kind.', THREE)]) })
    await trial.init()
    expect(trial.read().request).toMatchObject({ shared: [300], turn: 2 })
  })
})
