/** The formulas of 0.1.0 for blocks and units, kept as they were: figures without the newer keys must not change. */

export interface OldShape {
  readonly shared: number
  readonly session: number
  readonly turn: number
  readonly output: number
  readonly reasoning: number
  readonly start_overhead: number
  readonly end_overhead: number
  readonly answer_overhead: number
  readonly first: number
  readonly last: number
  readonly gap_s: number
  readonly history: boolean
}

interface OldTerms {
  readonly rule: {
    readonly match: string
    readonly block: number
    readonly minimum: number
    readonly stores_output: boolean
  }
  readonly ttl_s: number
  readonly writes: boolean
  readonly rewrites: boolean
  readonly run: boolean
}

const promptOf = (shape: OldShape, k: number): number => {
  const { start_overhead, shared, session, turn, output, reasoning, end_overhead, answer_overhead, history } = shape
  const once = start_overhead + shared + session + end_overhead
  return once + (history ? k * turn + (k - 1) * (output - reasoning + answer_overhead) : turn)
}

export const expectAsBefore = (shape: OldShape, { rule, ttl_s, writes, rewrites, run }: OldTerms) => {
  const { first, last, output, gap_s } = shape
  const shared = shape.start_overhead + shape.shared
  const kept = gap_s <= ttl_s
  const whole = (reusable: number): number => {
    const hit = Math.floor(reusable / rule.block) * rule.block
    return hit < rule.minimum ? 0 : hit
  }
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const k = first + i
    const prompt = promptOf(shape, k)
    const reuse = rule.match === 'units' ? unitReuse(shape, k, kept) : prefixReuse(shape, k, { kept, rule })
    const coldHit = whole(reuse.cold)
    const warmHit = whole(reuse.warm)
    const ahead = k < last && kept ? Math.min(prompt, prefixReuse(shape, k + 1, { kept, rule }).cold) : 0
    const write = (hit: number, prefix: number): number =>
      writes && prefix >= rule.minimum ? Math.max(0, whole(prefix) - hit) : 0
    return {
      prompt,
      output,
      cold: { hit: coldHit, write: write(coldHit, Math.max(ahead, rewrites ? shared : 0)) },
      warm: { hit: warmHit, write: write(warmHit, ahead) },
      needs: run && !kept && k > first ? 'never' : reuse.needs,
    }
  })
}

const prefixReuse = (shape: OldShape, k: number, { kept, rule }: { kept: boolean; rule: OldTerms['rule'] }) => {
  const { start_overhead, session, history, reasoning, output, first } = shape
  const shared = start_overhead + shape.shared
  if (k === first || !kept) return { cold: 0, warm: shared, needs: 'one' }
  const answered = rule.stores_output && reasoning === 0 ? output : 0
  const reusable = history ? promptOf(shape, k - 1) + answered : shared + session
  return { cold: reusable, warm: reusable, needs: 'never' }
}

const unitReuse = (shape: OldShape, k: number, kept: boolean) => {
  const { start_overhead, session, turn, history, reasoning, output, first, last } = shape
  const shared = start_overhead + shape.shared
  const onlyShared = promptOf(shape, first) === shared
  const others = (needs: string) => ({ cold: 0, warm: shared, needs })
  if (k === first || !kept) {
    const partedBefore = session === 0 && last > first && kept && !history
    return others(onlyShared || partedBefore ? 'one' : 'two')
  }
  const always = (reusable: number) => ({ cold: reusable, warm: reusable, needs: 'never' })
  if (history) return always(promptOf(shape, k - 1) + (reasoning === 0 ? output : 0))
  if (turn === 0) return always(shared + session)
  return k === first + 1 ? others('one') : always(shared + session)
}
