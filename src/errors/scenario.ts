// Scenarios and their texts.
import type { Problem } from './problem.ts'
import { quoted, typed } from './words.ts'

export const reasoningOverOutput = (reasoning: number, output: number): Problem => ({
  code: 'REASONING_OVER_OUTPUT',
  exit: 2,
  what: `reasoning is part of output, but ${reasoning} is more than ${output}`,
  fix: 'set output to all generated tokens, reasoning included',
})

export const usageOverPrompt = (stated: string, sent: string, calls: number): Problem => ({
  code: 'USAGE_OVER_PROMPT',
  exit: 2,
  what: `${stated} tokens are read and written${calls > 1 ? ' in a call' : ''}, but only ${sent} are sent`,
  fix: 'include cached tokens in the input: read, write and write_1h are part of it',
})

/** The same of `compare --input --cached --written`. */
export const partsOverInput = (stated: number, sent: number): Problem => ({
  code: 'USAGE_OVER_PROMPT',
  exit: 2,
  what: `--cached and --written are ${stated} tokens, but --input is only ${sent}`,
  fix: 'give all input tokens with --input: --cached and --written are part of it',
})

export const oneWorkload = (found: string): Problem => ({
  code: 'ONE_WORKLOAD',
  exit: 2,
  what: `a scenario has either request or totals, found ${found}`,
  fix: 'write request: {turn: 2K, output: 500}, or totals: {input: 100M, output: 5M}',
})

export const oneRoute = (): Problem => ({
  code: 'ONE_ROUTE',
  exit: 2,
  what: 'a scenario has either model or routing, found both',
  fix: 'leave model out: each leg names its own, or write routing as one leg of 100%',
})

export const noRoute = (): Problem => ({
  code: 'MISSING_KEY',
  exit: 2,
  what: 'the key "model" is missing',
  fix: 'add model: …, or routing: {legs: [{model: …, share: 100%}]}',
})

export const tooManySamples = (combinations: number, limit: number): Problem => ({
  code: 'TOO_MANY_SAMPLES',
  exit: 2,
  what: `the samples give ${combinations} combinations of lengths and calls, more than ${limit}`,
  fix: 'use fewer sample files in the keys that have several, or fewer turns, legs and baselines',
})

export const promptTooLong = (tokens: number): Problem => ({
  code: 'PROMPT_TOO_LONG',
  exit: 2,
  what: `the last prompt would have ${tokens.toExponential(1)} tokens, more than can be counted exactly`,
  fix: 'lower turns, turn or output',
})

export const noTools = (file: string): Problem => ({
  code: 'NO_TOOLS',
  exit: 2,
  what: `${quoted(file)} lists no tool`,
  fix: 'add {type: function, function: {name: …}} to the list, or remove the file',
})

/** How a user who knows a model's vocabulary says so. */
const nameVocabulary = (model: string): string =>
  `if you know its vocabulary, write dsprice prices add ${typed(model)} --tokenizer o200k_base -o mine.json (or --like another model), and run this with --pricing mine.json`

/** The same where text is counted, for which the file of the vocabulary will do. */
const giveVocabulary = (model: string): string =>
  `${nameVocabulary(model)} (--tokenizer also takes the path of its maker's tokenizer.json)`

export const noMessages = (file: string): Problem => ({
  code: 'NO_MESSAGES',
  exit: 2,
  about: file,
  what: `${quoted(file)} has no chat messages`,
  fix: 'write messages as an API takes them: [{"role": "user", "content": "…"}]',
})

export const severalConversations = (file: string, found: number): Problem => ({
  code: 'NO_MESSAGES',
  exit: 2,
  about: file,
  what: `${quoted(file)} has ${found} conversations, and a length is one`,
  fix: 'write each conversation into a file of its own',
})

export const noValue = (name: string, file: string): Problem => ({
  code: 'NO_VALUE',
  exit: 2,
  what: `the placeholder {{${name}}} has no value in ${quoted(file)}`,
  fix: `add ${name}: … to ${file}`,
})

export const badPlaceholder = (): Problem => ({
  code: 'BAD_PLACEHOLDER',
  exit: 2,
  what: 'only {{name}} can be filled in: no conditions, loops, filters or tags',
  fix: 'write {{name}}; or save the prompt as it is sent, and name it with {file: …}',
})

export const noImageRule = (model: string): Problem => ({
  code: 'NO_IMAGE_RULE',
  exit: 3,
  what: `a picture cannot be counted for ${model}: no rule for its image tokens is known`,
  why: { why: 'no rule for its image tokens is known' },
  fix: 'give the number of tokens instead of the picture, or choose a model whose pictures can be counted, such as gpt-5.5',
})

export const noTokenizer = (model: string, tokenizer: string): Problem => ({
  code: 'NO_TOKENIZER',
  exit: 3,
  what: `the text cannot be counted for ${model}: ${tokenizer}`,
  why: { why: `the text cannot be counted: ${tokenizer}`, kind: 'the text cannot be counted' },
  fix: `give the number of tokens instead of the text, or choose another model; ${giveVocabulary(model)}`,
})

/** The same of `dsprice tokens`, which has nothing but texts. */
export const noCount = (model: string, tokenizer: string): Problem => ({
  ...noTokenizer(model, tokenizer),
  fix: `name a vocabulary to count with, --model o200k_base; ${giveVocabulary(model)}`,
})

export const noFactor = (model: string, tokenizer: string): Problem => ({
  code: 'NO_TOKENIZER',
  exit: 3,
  what: `numbers cannot be converted to or from tokens of ${model}: ${tokenizer}`,
  why: { why: `its numbers cannot be converted: ${tokenizer}`, kind: 'its numbers cannot be converted' },
  fix: `leave tokens_of out to use the numbers unchanged for every model, or choose another; ${nameVocabulary(model)}`,
})

export const viewUnknown = (view: string, why: string): Problem => ({
  code: 'VIEW_UNKNOWN',
  exit: 3,
  what: `${view.replaceAll('_', ' ')} of this scenario has no price: ${why}`,
  fix: 'use another view: --view headline',
})

export const noScenarios = (where: string): Problem => ({
  code: 'NO_SCENARIOS',
  exit: 2,
  what: `there is no scenario ${where}`,
  fix: 'name scenario files, or a folder or glob that has some',
})

/** @param near - the most similar name that there is */
export const noScenarioCalled = (name: string, near: string | undefined): Problem => ({
  code: 'NO_SCENARIOS',
  exit: 2,
  what: `no scenario is called ${quoted(name)}`,
  fix:
    near === undefined ? 'name its file too, or add it to scenarios of dsprice.config.yaml' : `did you mean ${near}?`,
})

export const noWork = (): Problem => ({
  code: 'NO_WORK',
  exit: 3,
  what: 'there are no tokens to serve, so there is no break-even',
  fix: 'add tokens to the request (request.turn), and a share to the leg of the cluster',
})

export const cacheNotOptional = (model: string, provider: string): Problem => ({
  code: 'CACHE_NOT_OPTIONAL',
  exit: 2,
  what: `cache: none is not possible: ${provider} always marks the newest message of ${model}`,
  why: { why: `${provider} always caches its newest message`, kind: 'its cache cannot be turned off' },
  fix: 'remove cache: none, or choose another model',
})
