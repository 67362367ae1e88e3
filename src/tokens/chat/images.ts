import { InputError, problems } from '../../errors/index.ts'
import { greatestOf, leastOf } from '../../model/number/extremes.ts'
import type { Detail } from '../../model/scenario/length.ts'
import type { Count } from '../tokenizer.ts'
import { byCappedSquares, byCrops, byMultiples, byPatches, byRows, byTiles, type Size } from './image-sizes.ts'

/** A picture to count. */
export interface Picture {
  /** `null`: its size is not known. */
  readonly size: Size | null
  /** How closely it is to be looked at; left out: the provider's default. */
  readonly detail?: Detail | undefined
}

/** What a rule's figures rest on, and how far they may be off: percent of the count. */
const GRADES = {
  published: { low: 100, high: 100, words: 'as published' },
  'upper bound': { low: 95, high: 100, words: 'as published, an upper bound: 5 % less was measured' },
  measured: { low: 95, high: 105, words: 'as others measured it, ±5 %' },
  recalled: { low: 75, high: 125, words: 'not read at its source, ±25 %' },
  assumed: { low: 50, high: 150, words: 'as for the model before it, ±50 %' },
} as const

type Counted = (size: Size, detail: Detail) => number

interface Rule {
  /** Ids of models, without a seller's name before a slash. */
  readonly models: RegExp
  readonly words: string
  readonly source: string
  readonly grade: keyof typeof GRADES
  readonly count: Counted
}

/** Low detail is the base alone. */
const tiles =
  (base: number, tile: number): Counted =>
  (size, detail) =>
    detail === 'low' ? base : byTiles(size, { base, tile })

/**
 * Patches times a factor, in percent, by the most patches of each detail; low detail is a picture of 512 pixels.
 *
 * @param closest - most patches of `original`; and of `auto`, where this is its default
 */
const patches =
  (percent: number, cap: number, closest: { readonly original?: number; readonly auto?: number } = {}): Counted =>
  (size, detail) => {
    const caps: Partial<Record<Detail, number>> = { low: LOW, ...closest }
    return Math.ceil((byPatches(size, caps[detail] ?? cap) * percent) / 100)
  }
const LOW = 256
const UNCAPPED = Number.POSITIVE_INFINITY

const OPENAI = 'https://developers.openai.com/api/docs/guides/images-vision'
const CLAUDE = 'https://platform.claude.com/docs/en/build-with-claude/vision'
const GEMINI = 'https://ai.google.dev/gemini-api/docs/media-resolution'
const MEASURED = 'https://huggingface.co/datasets/JOHNISKING/image-token-cost'

const LEVELS: Partial<Record<Detail, number>> = { low: 280, medium: 560, ultra_high: 2240 }
const levels: Counted = (_, detail) => LEVELS[detail] ?? 1120

const tileRow = (models: RegExp, base: number, tile: number): Rule => ({
  ...{ models, words: `OpenAI: ${base} + ${tile} a tile of 512 pixels`, source: OPENAI, grade: 'published' },
  count: tiles(base, tile),
})

const patchRow = (models: RegExp, percent: number): Rule => ({
  ...{ models, words: `OpenAI: patches of 32 pixels × ${percent / 100}, at most 1,536`, source: OPENAI },
  ...{ grade: 'published', count: patches(percent, 1536) },
})

const row = (models: RegExp, rule: Omit<Rule, 'models'>): Rule => ({ models, ...rule })

/**
 * Every known rule, one row each; the first that has the model holds. A model that is newer than all rows of its
 * family has that family's newest rule, as assumed.
 */
const RULES: readonly Rule[] = [
  tileRow(/^gpt-4o-mini(?!\w)/, 2833, 5667),
  tileRow(/^computer-use-preview/, 65, 129),
  tileRow(/^gpt-4(o|\.1|\.5)(-\d|-preview|$)/, 85, 170),
  tileRow(/^gpt-5(-\d|-chat|-pro|$)/, 70, 140),
  tileRow(/^o[13](-pro)?(-\d|$)/, 75, 150),
  patchRow(/^gpt-(4\.1|5)-mini(?!\w)/, 162),
  patchRow(/^gpt-(4\.1|5)-nano(?!\w)/, 246),
  patchRow(/^o4-mini(?!\w)/, 172),
  row(/^gpt-5\.5(?![\d.])/, {
    ...{ words: 'OpenAI: patches of 32 pixels × 1.2, at most 10,000', source: MEASURED, grade: 'measured' },
    count: patches(120, 2500, { original: 10_000, auto: 10_000 }),
  }),
  row(/^gpt-(5\.6|6)(?![\d.])/, {
    ...{ words: 'OpenAI: patches of 32 pixels × 1.2', source: MEASURED, grade: 'measured' },
    count: patches(120, 2500, { original: UNCAPPED, auto: UNCAPPED }),
  }),
  row(/^gpt-5\.4(-pro)?$/, {
    ...{ words: 'OpenAI: patches of 32 pixels × 1.2, at most 2,500', source: OPENAI, grade: 'assumed' },
    count: patches(120, 2500, { original: 10_000 }),
  }),
  row(/^gpt-5(\.[1-4](?!\d)|-codex)/, {
    ...{ words: 'OpenAI: patches of 32 pixels × 1.2, at most 1,536', source: OPENAI, grade: 'assumed' },
    count: patches(120, 1536),
  }),
  row(/^gpt-([6-9]|\d\d)/, {
    ...{ words: 'OpenAI: patches of 32 pixels × 1.2', source: MEASURED, grade: 'assumed' },
    count: patches(120, 2500, { original: UNCAPPED, auto: UNCAPPED }),
  }),
  row(/^claude-(3|(opus|sonnet|haiku)-(3|4)([.-][0-6](?!\d))?(?![.-]?\d(?!\d)))/, {
    ...{ words: 'Claude: squares of 28 pixels, at most 1,568', source: CLAUDE, grade: 'published' },
    count: size => byCappedSquares(size, { edge: 1568, cap: 1568 }),
  }),
  row(/^claude-(opus|sonnet|haiku|fable)-/, {
    ...{ words: 'Claude from 4.7: squares of 28 pixels, at most 4,784', source: CLAUDE, grade: 'published' },
    count: size => byCappedSquares(size, { edge: 2576, cap: 4784 }),
  }),
  row(/^gemini-(1\.5|2)/, {
    ...{ words: 'Gemini 2: 258 a tile', source: GEMINI, grade: 'recalled', count: byCrops },
  }),
  row(/^gemini-3(?!\d)/, {
    ...{ words: 'Gemini 3: 1,120, or by level', source: GEMINI, grade: 'upper bound', count: levels },
  }),
  row(/^gemini-\d/, {
    ...{ words: 'Gemini: 1,120, or by level', source: GEMINI, grade: 'assumed', count: levels },
  }),
  row(/^qwen2(\.5)?-vl/, {
    ...{ words: 'Qwen: squares of 28 pixels', source: "Qwen2-VL's processor", grade: 'recalled' },
    count: size => byMultiples(size, 28),
  }),
  row(/^qwen-?(3-vl|3\.[5-9]|[4-9])/, {
    ...{ words: 'Qwen: squares of 32 pixels', source: "Qwen3-VL's processor", grade: 'recalled' },
    count: size => byMultiples(size, 32),
  }),
  row(/^pixtral-12b/, {
    ...{ words: 'Pixtral: squares of 16 pixels, 1 a row', source: 'mistral-common', grade: 'recalled' },
    count: size => byRows(size, { side: 16, edge: 1024 }),
  }),
  row(/^(mistral-(large-([3-9]|latest)|medium-[3l]|small)|ministral-|magistral-)/, {
    ...{ words: 'Mistral: squares of 28 pixels, 1 a row', source: 'mistral-common', grade: 'recalled' },
    count: size => byRows(size, { side: 28, edge: 1540 }),
  }),
]

/** A model's rule for pictures. */
export interface ImageRule {
  /** The rule in words, and what it rests on. */
  readonly words: string
  count(picture: Picture): Count
}

/** Sizes whose counts are those of a picture of unknown size: from one square to more than any rule leaves. */
const PROBES: readonly Size[] = [
  [1, 1],
  [512, 512],
  [768, 2048],
  [2048, 768],
  [2576, 1449],
  [3200, 3200],
].map(([width = 0, height = 0]) => ({ width, height }))
const USUAL: Size = { width: 1024, height: 1024 }

/**
 * How a model counts a picture: always an estimate, with a band where the rule is not published.
 *
 * @param model - its id in the price book
 * @throws {InputError} NO_IMAGE_RULE
 */
export const imageRuleOf = (model: string): ImageRule => {
  const own = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  const rule = RULES.find(({ models }) => models.test(own))
  if (!rule) throw new InputError([problems.noImageRule(model)])
  const { low, high, words } = GRADES[rule.grade]
  const band = (possible: readonly number[], [tokens = 0] = possible): Count => ({
    tokens,
    low: Math.floor((leastOf(possible) * low) / 100),
    high: Math.ceil((greatestOf(possible) * high) / 100),
  })
  /** Worked out once for each detail, however many pictures there are. */
  const known = new Map<Detail, Count>()
  const ofAnySize = (detail: Detail): Count => {
    const count = known.get(detail) ?? band([USUAL, ...PROBES].map(probe => rule.count(probe, detail)))
    known.set(detail, count)
    return count
  }
  return {
    words: `${rule.words} (${words}; ${rule.source})`,
    count: ({ size, detail = 'auto' }) => (size ? band([rule.count(size, detail)]) : ofAnySize(detail)),
  }
}
