import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { NO_CAUSES } from '../../../src/cost/diff/causes.ts'
import type { Cause } from '../../../src/model/result/cause.ts'
import { type Difference, differenceSchema } from '../../../src/model/result/difference.ts'
import { PLAIN, type RenderOptions } from '../../../src/report/blocks/renderer.ts'
import { type Format, renderDocument } from '../../../src/report/index.ts'
import { hostile } from '../../hostile.ts'
import { differenceWith, diffSums, entry, everyView } from '../documents.ts'

const rendered = async (
  difference: Difference,
  format: Format,
  options: Partial<RenderOptions> = {},
): Promise<string> => {
  expect(differenceSchema.safeParse(difference).success).toBe(true)
  return renderDocument(difference, format, {
    width: Number.POSITIVE_INFINITY,
    paint: PLAIN,
    explain: false,
    ...options,
  })
}

const effects = (workload: string | null, routing: string | null, prices: string | null) => ({
  workload: everyView(workload),
  routing: everyView(routing),
  prices: everyView(prices),
})

// 32.1 = 20 - 8 + 20.1, and 32.1 / 380 = 8.447%.
const support = entry({
  name: 'support-bot',
  base: everyView('380'),
  head: everyView('412.1'),
  change: everyView('32.1'),
  effects: effects('20', '-8', '20.1'),
})

describe('a difference as a table', () => {
  it('has base, head, change and what the change is made of', async () => {
    const added = entry({
      name: 'new',
      state: 'new',
      base: null,
      head: everyView('3'),
      change: everyView('3'),
      effects: null,
    })
    const removed = entry({
      name: 'old',
      state: 'removed',
      per: 'run',
      head: null,
      base: everyView('4'),
      change: everyView('-4'),
      effects: null,
    })
    const same = entry({
      name: 'same',
      state: 'same',
      head: everyView('10'),
      change: everyView('0'),
      effects: effects('0', '0', '0'),
    })
    const text = await rendered(differenceWith({ scenarios: [support, added, removed, same] }), 'table')
    expect(text).toBe(`git:main at 1a2b3c4d5e6f to the working tree, by cached

scenario     USD         base     head   change        %  workload  routing   prices
support-bot  a month  $380.00  $412.10  +$32.10    +8.4%   +$20.00   -$8.00  +$20.10
new          a month             $3.00   +$3.00      new
old          a run      $4.00            -$4.00  removed

1 scenario is the same on both sides.
Price book on both sides: 2026-01-01 (sha256 0123456789ab, prices of 2026-01-01).
`)
  })

  it('sets costs and effects apart where they are too wide together, and cuts neither', async () => {
    const text = await rendered(differenceWith({ scenarios: [support] }), 'table', { width: 60 })
    expect(text).toContain(`
scenario     USD         base     head   change      %
support-bot  a month  $380.00  $412.10  +$32.10  +8.4%

scenario     workload  routing   prices
support-bot   +$20.00   -$8.00  +$20.10
`)
  })

  it('adds up months and runs, each on its own', async () => {
    const zero = { workload: '0', routing: '0', prices: '0', added: '0', removed: '0' }
    const totals = {
      run: diffSums({ ...zero, base: '4', head: '0', change: '-4', removed: '-4' }),
      // 380 + 20 - 8 + 20.1 + 3 = 415.1; 35.1 / 380 = 9.237%.
      per_month: diffSums({
        base: '380',
        head: '415.1',
        change: '35.1',
        workload: '20',
        routing: '-8',
        prices: '20.1',
        added: '3',
        removed: '0',
      }),
    }
    expect(await rendered(differenceWith({ totals }), 'table')).toContain(`
Total              all runs  a month
base                  $4.00  $380.00
workload              $0.00  +$20.00
routing               $0.00   -$8.00
prices                $0.00  +$20.10
new scenarios         $0.00   +$3.00
removed scenarios    -$4.00    $0.00
head                  $0.00  $415.10
change               -$4.00  +$35.10
%                   -100.0%    +9.2%
`)
  })

  it('has a sentence for each unknown effect, with its reason', async () => {
    const parts = entry({ effects: effects(null, null, '1'), reason: 'demo has no price in the base’s book' })
    const whole = entry({
      name: 'dark',
      head: everyView(null),
      change: everyView(null),
      effects: effects(null, null, null),
    })
    const text = await rendered(differenceWith({ scenarios: [parts, whole] }), 'table')
    expect(text).toContain('Unknown for bot: workload and routing, as demo has no price in the base’s book.\n')
    expect(text).toContain('Unknown for dark: the change, as cached is not known on both sides.\n')
    expect(text).toContain('bot       a month  $10.00  $12.00  +$2.00  +20.0%       N/A      N/A  +$1.00\n')
  })

  it('tells of one view, cached unless another is named', async () => {
    const views = entry({ base: { ...everyView('10'), headline: '20' }, change: { ...everyView('2'), headline: '-8' } })
    const of = (view?: 'headline') => rendered(differenceWith({ scenarios: [views] }), 'table', { view })
    expect(await of()).toMatch(/by cached[\s\S]*\$10\.00 +\$12\.00 +\+\$2\.00/)
    expect(await of('headline')).toMatch(/by headline[\s\S]*\$20\.00 +\$12\.00 +-\$8\.00/)
  })

  it('names the books where they are not the same, and models that are others now', async () => {
    const { base, head } = differenceWith()
    const other = { ...head, pricing: { version: '2026-02-02', hash: 'f'.repeat(64), at: null } }
    const moved = entry({ model: { base: 'demo', head: 'other' } })
    const text = await rendered(differenceWith({ base, head: other, scenarios: [moved] }), 'table')
    expect(text).toContain('Model of bot: demo is now other.\n')
    expect(text).toContain(
      'Price books: base 2026-01-01 (sha256 0123456789ab, prices of 2026-01-01), head 2026-02-02 (sha256 ffffffffffff).\n',
    )
  })
})

it('as CSV has one row for each scenario and view, a range by its ends, a decrease as a number', async () => {
  const ranged = entry({
    name: '=cmd()',
    base: everyView({ low: '30', high: '40' }),
    head: everyView({ low: '30', high: '39.5' }),
    change: everyView({ low: '0', high: '-0.5' }),
    effects: effects('-1', '0', null),
    reason: 'it is not known',
  })
  const lines = (await rendered(differenceWith({ scenarios: [ranged] }), 'csv')).split('\n')
  expect(lines).toHaveLength(7)
  expect(lines[0]).toBe(
    'name,file,state,per,model_base,model_head,view,base_usd,base_usd_low,base_usd_high,head_usd,head_usd_low,head_usd_high,change_usd,change_usd_low,change_usd_high,workload_usd,workload_usd_low,workload_usd_high,routing_usd,routing_usd_low,routing_usd_high,prices_usd,prices_usd_low,prices_usd_high,reason,cause,cause_from,cause_to,cause_usd,cause_usd_low,cause_usd_high',
  )
  expect(lines[3]).toBe(
    "'=cmd(),scenarios/=cmd().yaml,changed,month,demo,demo,cached,,30,40,,30,39.5,,0,-0.5,-1,-1,-1,0,0,0,,,,it is not known,,,,,,",
  )
})

describe('causes', () => {
  const grown: readonly Cause[] = [
    { key: 'traffic.requests', from: 1000, to: 1200, effect: '3.335' },
    { key: 'request.shared', part: 'system.md', from: 1204, to: 5310, effect: '16.664' },
    { key: 'request.turn_gap', from: '30s', to: '90s', effect: '0' },
    {
      key: 'request.output',
      from: 350,
      to: 900,
      with: [{ key: 'request.reasoning', from: 0, to: 200 }],
      effect: '0.001',
    },
  ]
  const of = (causes: readonly Cause[]) => entry({ ...support, causes: { ...NO_CAUSES, cached: causes } })

  it('are rows in words that add up to the effect as it is printed: 3.34 + 16.66 + 0 = 20', async () => {
    const text = await rendered(differenceWith({ scenarios: [of(grown)] }), 'table')
    expect(text).toContain(`
scenario     why the workload changed                 USD       effect
support-bot  traffic.requests 1,000 → 1,200           a month   +$3.34
`)
    expect(text).toContain('shared: system.md 1,204 → 5,310 tokens   a month  +$16.66\n')
    expect(text).toContain('output 350 → 900 with reasoning 0 → 200  a month      ~$0\n')
    expect(text).not.toContain('turn_gap')
  })

  it('has the largest in a sentence with the figure of its row', async () => {
    // Rounded to 3.33 and, as 19.9985 is 20.00, to 16.67, although 16.664 alone is 16.66.
    const causes: readonly Cause[] = [
      { key: 'traffic.requests', from: 1000, to: 1200, effect: '3.3345' },
      { key: 'request.output', from: 350, to: 900, effect: '16.664' },
      { key: 'request.turn', from: 10, to: 11, effect: '0.0015' },
    ]
    const moves = { workload: '20', routing: '-8', prices: '20.1', added: '0', removed: '0' }
    const totals = { run: null, per_month: diffSums({ ...moves, base: '380', head: '412.1', change: '32.1' }) }
    const text = await rendered(differenceWith({ scenarios: [of(causes)], totals }), 'table')
    expect(text).toMatch(/output 350 → 900 +a month +\+\$16\.67\n/)
    expect(text).toContain('Largest cause: output 350 → 900, +$16.67 a month.\n')
  })

  it('are rows of their own in CSV, with the exact effect', async () => {
    const lines = (await rendered(differenceWith({ scenarios: [of(grown)] }), 'csv')).split('\n')
    expect(lines.filter(line => line.includes('request.shared'))).toEqual([
      `support-bot,scenarios/support-bot.yaml,changed,month,demo,demo,cached,${','.repeat(19)}request.shared: system.md,1204,5310,16.664,16.664,16.664`,
    ])
    expect(lines.some(line => line.includes('request.output + request.reasoning,350 + 0,900 + 200,0.001'))).toBe(true)
  })

  it('beyond twelve are one row, the smallest of them', async () => {
    const many = Array.from({ length: 14 }, (_, i) => ({ key: `request.k${i}`, from: 0, to: 1, effect: String(i + 1) }))
    const text = await rendered(differenceWith({ scenarios: [of(many)] }), 'table')
    // 1 + 2 + 3
    expect(text).toMatch(/3 smaller causes +a month +\+\$6\.00\n/)
    expect(text.match(/ k\d+ 0 → 1/g)).toHaveLength(11)
  })

  it('begin with the answer, and the largest cause of a single scenario', async () => {
    const zero = { routing: '0', prices: '0', added: '0', removed: '0' }
    const totals = {
      run: null,
      per_month: diffSums({ ...zero, base: '380', head: '400', change: '20', workload: '20' }),
    }
    const text = await rendered(differenceWith({ scenarios: [of(grown)], totals }), 'table')
    expect(text.split('\n').slice(0, 3)).toEqual([
      '+$20.00 a month (+5.3%), from $380.00 to $400.00.',
      'git:main at 1a2b3c4d5e6f to the working tree, by cached',
      'Largest cause: shared: system.md 1,204 → 5,310 tokens, +$16.66 a month.',
    ])
  })
})

it('as Markdown keeps text of a stranger inside its code spans', async () => {
  const shape = async (text: string): Promise<string> => {
    const unknown = entry({
      name: text,
      model: { base: text, head: `${text}2` },
      effects: effects(null, null, null),
      reason: text,
      base_name: text,
      causes: {
        ...NO_CAUSES,
        cached: [{ key: text, part: text, was: `${text}2`, from: text, to: `${text}2`, effect: '1' }],
      },
    })
    const side = { ...differenceWith().base, name: text }
    const document = differenceWith({
      base: side,
      head: side,
      scenarios: [unknown],
      warnings: [{ code: 'OLD', what: text, fix: text, at: null }],
    })
    const html = micromark(await rendered(document, 'markdown'), {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    })
    return html.replace(/<code>.*?<\/code>/gs, '□')
  }
  const plainShape = await shape('bot')
  expect(plainShape).toContain('<td align="left">□</td>')
  await fc.assert(
    fc.asyncProperty(
      hostile.filter(text => text.replace(/\s/gu, '') !== ''),
      async text => {
        expect(await shape(text)).toBe(plainShape)
      },
    ),
  )
})
