import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { openDuckdb } from '../../../src/load/engines/duckdb-engine.ts'
import { bookWith, modelWith, rowWith } from '../../cost/build.ts'
import { repository } from '../../fake-io.ts'
import { openFolder, openWriter, usageOfFiles } from './build.ts'

// $1 for a million tokens of any kind: the cost is the number of tokens.
const book = bookWith({
  models: [
    modelWith({ id: 'demo', prices: [rowWith({ input: '1', cache_read: '1', cache_write: '1', output: '1' })] }),
  ],
})
const AT = "timestamp '2026-11-10 12:00:00'"

const folder = openFolder('duckdb')
let writer: Awaited<ReturnType<typeof openWriter>>
beforeAll(async () => {
  writer = await openWriter()
})
afterAll(() => {
  writer.close()
  folder.remove()
})

/** Writes what a query gives. */
const parquet = async (name: string, query: string): Promise<string> => {
  const file = folder.file(name)
  await writer.run(`copy (${query}) to '${file.replaceAll("'", "''")}' (format parquet)`)
  return file
}
const usage = (file: string, more: object = {}) => usageOfFiles([file], { book, ...more })
const codesOf = async (work: Promise<unknown>): Promise<string[]> => {
  try {
    await work
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code)
    throw error
  }
}

describe('counts in Parquet', () => {
  it.each([
    ['a negative one', 'bigint', '-1', 'input is not a count: a whole number from 0'],
    ['none', 'bigint', 'null', 'input is missing'],
    ['NaN', 'double', "'nan'", 'input is not a count: a whole number from 0'],
    ['an infinite one', 'double', "'inf'", 'input is not a count: a whole number from 0'],
    ['a fraction', 'double', '1.5', 'input is not a count: a whole number from 0'],
    ['a fraction of a decimal', 'decimal(12, 2)', '1.25', 'input is not a count: a whole number from 0'],
    ['one beyond 2^53', 'hugeint', '9007199254740993', 'input is not a count: a whole number from 0'],
    ['one beyond 2^64', 'hugeint', '36893488147419103232', 'input is not a count: a whole number from 0'],
  ])('%s is a bad record: counted, placed, never rounded', async (_, type, value, why) => {
    const rows = `select ${AT} as "at", 'demo' as model, x::${type} as input, 0 as output from (values ('1000000'), (${value === 'null' ? 'null' : `'${value.replaceAll("'", '')}'`}), ('2000000')) as t(x)`
    const report = await usage(await parquet('bad.parquet', rows))
    expect(report.total.cost).toBe('3')
    expect(report.read).toMatchObject({ records: 2, malformed: 1 })
    expect(report.read.malformed_at).toEqual([{ at: `${folder.file('bad.parquet')}:2`, what: `${why} (row 2)` }])
  })

  it('that overflow when they are added are a bad record', async () => {
    const rows = `select ${AT} as "at", 'demo' as model, x as input, x as cache_read, 0 as output from (values (9223372036854775807), (0)) as t(x)`
    expect((await usage(await parquet('large.parquet', rows))).read).toMatchObject({ records: 1, malformed: 1 })
  })

  it.each([
    'tinyint',
    'usmallint',
    'uinteger',
    'ubigint',
    'hugeint',
    'uhugeint',
    'float',
    'double',
    'decimal(30, 3)',
    'varchar',
  ])('of the type %s are exact where they are whole', async type => {
    const rows = `select ${AT} as "at", 'demo' as model, 100::${type} as input, 25::${type} as output from range(40000)`
    expect((await usage(await parquet('types.parquet', rows))).total.cost).toBe('5')
  })

  it('may be missing where they are of the cache: unknown, not 0', async () => {
    const rows = `select ${AT} as "at", 'demo' as model, 1000000 as input, null::bigint as cache_read, 0 as output`
    expect((await usage(await parquet('null.parquet', rows))).total).toMatchObject({ cost: null, headline: '1' })
  })
})

describe('times in Parquet', () => {
  const FORMS = [
    ...['2026-11-10', '20261110', '2026-11-10 12:00', '2026-11-10T12:00:00Z', '2026-11-10T12:00:00.123456789Z'],
    ...[
      '2026-11-10T24:00:00Z',
      '2026-11-10 12:00:60',
      '2026-11-10T12:00:00+08:00',
      '2026-11-10 12:00:00 -0330',
      '2026-11-10T00:30+05',
    ],
    ...[
      '2026-11-31T12:00:00Z',
      '2026-13-01',
      '2026-11-10T12:00:00+25:00',
      '2026-11-10T12:00:00+08:99',
      '2026-11-11T11:59:00+23:59',
      '2026-11-10T25:00',
      'yesterday',
      '1794312000',
      '1794312000123',
      '1794312000123456',
      '1794312000.75',
      '12',
    ],
  ]
  it.each(FORMS)('are read from text as elsewhere: %s', async form => {
    const line = `${JSON.stringify({ at: form, model: 'demo', input: 1_000_000, output: 0 })}\n`
    const other = JSON.stringify({ at: '2026-11-20', model: 'demo', input: 1, output: 0 })
    const here = await usage(folder.file('times.jsonl', line + other))
    const rows = `select x as "at", 'demo' as model, n as input, 0 as output from (values ('${form}', 1000000), ('2026-11-20', 1)) as t(x, n)`
    const there = await usage(await parquet('times.parquet', rows))
    expect(there.period).toEqual(here.period)
    expect(there.read.malformed).toBe(here.read.malformed)
    expect(there.total.cost).toBe(here.total.cost)
  })

  it.each([
    ['timestamp_s', AT],
    ['timestamp_ms', AT],
    ['timestamp_ns', AT],
    ['timestamptz', "timestamptz '2026-11-10 20:00:00+08'"],
    ['bigint', '1794312000'],
    ['bigint', '1794312000000'],
    ['bigint', '1794312000000000'],
    ['bigint', '1794312000000000000'],
    ['double', '1794312000.0'],
  ])('may be of the type %s: %s', async (type, value) => {
    const rows = `select (${value})::${type} as "at", 'demo' as model, 1000000 as input, 0 as output`
    expect((await usage(await parquet('at.parquet', rows))).period.first).toBe('2026-11-10T12:00:00Z')
  })

  it.each([
    ['timestamp', 'infinity'],
    ['timestamp', '290000-01-01'],
    ['timestamp_s', '290000-01-01'],
    ['timestamptz', '290000-01-01'],
    ['date', 'infinity'],
    ['date', '5000000-01-01'],
    ['date', '0044-03-15 (BC)'],
  ])('that no log has are bad records: %s %s', async (type, far) => {
    const rows = `select x::${type} as "at", 'demo' as model, 1000000 as input, 0 as output from (values ('${far}'), ('2026-11-10')) as t(x)`
    expect((await usage(await parquet('far.parquet', rows))).read).toMatchObject({ records: 1, malformed: 1 })
  })

  it('of any year of four digits are counted, and have no price', async () => {
    const rows = `select x::timestamp as "at", 'demo' as model, 1000000 as input, 0 as output from (values ('0001-01-02'), ('0900-01-01'), ('1965-10-01'), ('2026-11-10')) as t(x)`
    const report = await usage(await parquet('years.parquet', rows))
    expect(report.read).toMatchObject({ records: 4, malformed: 0 })
    expect(report.unpriced.map(({ records }) => records)).toEqual([3])
  })
})

describe('files', () => {
  const rows = `select ${AT} as "at", 'demo' as model, 1000000 as input, 0 as output`

  it.each(['a*.parquet', 'a?.parquet', 'a[b].parquet', "it's.parquet", 'a"b.parquet', '{a,b}.parquet'])(
    'are named as they are called: %s',
    async name => {
      await parquet('ab.parquet', rows)
      const file = await parquet('x.parquet', rows)
      const own = folder.file(name, readFileSync(file))
      expect((await usage(own)).total.cost).toBe('1')
    },
  )

  it('of Parquet that are cut short are an error, wherever they are cut', async () => {
    const file = await parquet(
      'whole.parquet',
      `select ${AT} as "at", 'demo' as model, i as input, i as output from range(50000) as t(i)`,
    )
    const whole = readFileSync(file)
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const cut = folder.file('cut.parquet', whole)
      truncateSync(cut, Math.floor(whole.length * share))
      expect(await codesOf(usage(cut))).toEqual(['ENGINE_FAILED'])
    }
  })

  it('of packed CSV that are cut short are said to be so, however large', async () => {
    const text = `at,model,input,output\n${'2026-11-10T12:00:00Z,demo,1000000,0\n'.repeat(20_000)}`
    const packed = gzipSync(text)
    const file = folder.file('cut.csv.gz', packed.subarray(0, Math.floor(packed.length * 0.7)))
    const report = await usage(file, { largeFrom: 0 })
    expect(report.warnings.map(({ code }) => code)).toContain('SOURCE_BROKEN')
  })

  it('whose rows come again by their id count once, the first of them', async () => {
    const again = `select * from (values (${AT}, 'demo', 1000000, 0, 'x'), (${AT}, 'demo', 5000000, 0, 'x'), (${AT}, 'demo', 2000000, 0, ''), (${AT}, 'demo', 2000000, 0, '')) as t("at", model, input, output, id)`
    const report = await usage(await parquet('ids.parquet', again))
    expect(report.total.cost).toBe('5')
    expect(report.warnings.map(({ code, what }) => [code, what.replace(folder.path, '')])).toEqual([
      ['DUPLICATES', '"/ids.parquet" has 1 record twice, counted once'],
    ])
  })

  it('whose ids are not compared with those of other sources are said to be so', async () => {
    const told = `select ${AT} as "at", 'demo' as model, 1000000 as input, 0 as output`
    const [having, lacking] = [
      await parquet('having.parquet', `${told}, 'x' as id`),
      await parquet('lacking.parquet', told),
    ]
    const line = { at: '2026-11-10T12:00:00Z', model: 'demo', input: 1_000_000, output: 0 }
    const [known, unknown] = [
      folder.file('known.jsonl', JSON.stringify({ ...line, id: 'x' })),
      folder.file('unknown.jsonl', JSON.stringify(line)),
    ]
    const warned = async (...files: string[]) => {
      const { total, warnings } = await usageOfFiles(files, { book })
      expect(total.cost).toBe(String(files.length))
      return warnings.map(({ code, what }) => [code, what.replaceAll(`${folder.path}/`, '')])
    }
    expect(await warned(having, known)).toEqual([
      [
        'IDS_NOT_COMPARED',
        'the ids in "having.parquet" are not compared with those in "known.jsonl": a request in both counts twice',
      ],
    ])
    for (const files of [
      [having, unknown],
      [lacking, known],
      [having, lacking],
      [known, unknown],
    ])
      expect(await warned(...files)).toEqual([])
  })

  it('are read by their own columns, whatever their folders are called', async () => {
    const whole = readFileSync(await parquet('plain.parquet', `${rows}, false as batch, 'ann' as user`))
    for (const name of ['batch=true', 'model=other', 'input=5', 'output=abc', 'user=007']) {
      mkdirSync(folder.file(name), { recursive: true })
      const report = await usage(folder.file(join(name, 'x.parquet'), whole), { by: ['user'] })
      expect([report.total.cost, report.breakdown?.rows[0]?.keys]).toEqual(['1', ['ann']])
    }
  })

  it('may have a column that is called like the one that numbers rows', async () => {
    const file = await parquet(
      'numbered.parquet',
      `${rows}, 7 as file_row_number union all ${rows.replace("'demo'", 'null')}, 8`,
    )
    const report = await usage(file)
    expect([report.total.cost, report.read.malformed]).toEqual(['1', 1])
  })

  it('whose footer is damaged are an error of theirs, wherever it is', async () => {
    const whole = readFileSync(await parquet('footer.parquet', rows))
    for (let back = 12; back < 200; back += 16) {
      const bytes = Buffer.from(whole)
      for (let at = bytes.length - back - 16; at < bytes.length - back; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xa5
      const codes = await codesOf(usage(folder.file('damaged.parquet', bytes)))
      expect(codes.filter(code => code !== 'ENGINE_FAILED' && code !== 'NO_COLUMN')).toEqual([])
    }
  })

  it('are broken down by what says who used it, as by ourselves, and by nothing else', async () => {
    const line = { at: '2026-11-10T12:00:00Z', model: 'demo', input: 1_000_000, output: 0, user: 'ann', requests: 1 }
    const text = folder.file('keys.jsonl', JSON.stringify(line))
    const file = await parquet('keys.parquet', `${rows}, 'ann' as user, 1 as requests`)
    for (const by of [['user'], ['requests'], ['input'], ['at', 'user']])
      expect((await usage(file, { by })).breakdown).toEqual((await usage(text, { by })).breakdown)
  })

  it('need the columns of our own form, or a file that names them', async () => {
    const file = await parquet(
      'own.parquet',
      `select ${AT} as created, 'demo' as model_name, 900000 as prompt, 400000 as cached, 100000 as completion`,
    )
    expect(await codesOf(usage(file))).toEqual(['NO_COLUMN', 'NO_COLUMN', 'NO_COLUMN', 'NO_COLUMN'])
    const columns = folder.file(
      'columns.yaml',
      'at: created\nmodel: model_name\ninput: prompt - cached\ncache_read: cached\noutput: completion\nteam: "\'support\'"\n',
    )
    const report = await usage(file, { columns, by: ['team'] })
    expect(report.total.cost).toBe('1')
    expect(report.breakdown?.rows.map(({ keys }) => keys)).toEqual([['support']])
  })

  it('that name columns are checked, all faults at once and placed', async () => {
    const unknown = folder.file('unknown.yaml', 'at: created\ncache_raed: cached\noutput:\n')
    await expect(usage(folder.file('ab.parquet'), { columns: unknown })).rejects.toMatchObject({
      problems: [
        { code: 'UNKNOWN_KEY', at: `${unknown}:2:1`, fix: 'did you mean cache_read?' },
        { code: 'INVALID', at: expect.stringContaining(`${unknown}:3`) },
      ],
    })
    const wrong = folder.file('wrong.yaml', 'at: at\nmodel: modle\ninput: input +\noutput: output\n')
    await expect(usage(folder.file('ab.parquet'), { columns: wrong })).rejects.toMatchObject({
      problems: [
        { code: 'INVALID', at: `${wrong}:1:5` },
        { code: 'INVALID', at: `${wrong}:2:8` },
        { code: 'INVALID', at: `${wrong}:3:8` },
      ],
    })
  })
})

describe('expressions for our columns', () => {
  it.each([
    ['an aggregate', 'sum(prompt)'],
    ['a list, a row each', 'unnest([prompt, prompt])'],
    ['several columns', "columns('prompt|completion')"],
    ['all columns', '*'],
    ['two expressions', 'prompt), (completion'],
  ])('%s is refused at its place', async (_, expression) => {
    const file = await parquet('given.parquet', `select ${AT} as created, 'demo' as m, 5 as prompt, 6 as completion`)
    const columns = folder.file(
      'odd.yaml',
      `at: created\nmodel: m\ninput: ${JSON.stringify(expression)}\noutput: completion\n`,
    )
    await expect(usage(file, { columns })).rejects.toMatchObject({
      problems: [{ code: 'INVALID', at: `${columns}:3:8` }],
    })
  })

  it('that fail on a row do not show its value', async () => {
    const file = await parquet('secret.parquet', `select ${AT} as created, 'demo' as m, 'my secret' as prompt`)
    const columns = folder.file('cast.yaml', 'at: created\nmodel: m\ninput: prompt::integer\noutput: 0\n')
    await expect(usage(file, { columns })).rejects.toThrow(/^(?!.*secret').*Could not convert string …/s)
  })
})

describe('numbers of any type', () => {
  it.each(['integer', 'uinteger', 'bigint', 'ubigint', 'hugeint', 'double', 'decimal(20, 3)'])(
    'are seconds as %s',
    async type => {
      // 2026-11-10T12:00:00Z.
      const file = await parquet(
        'epoch.parquet',
        `select 1794312000::${type} as "at", 'demo' as model, 1000000 as input, 0 as output`,
      )
      expect((await usage(file)).period.first).toBe('2026-11-10T12:00:00Z')
    },
  )

  it.each([
    ['decimal(38, 22)', '5'],
    ['decimal(38, 25)', '5'],
    ['decimal(38, 30)', '5'],
    ['decimal(18, 0)', '5'],
  ])('are counts as %s', async (type, count) => {
    const file = await parquet(
      'decimals.parquet',
      `select ${AT} as "at", 'demo' as model, x::${type} as input, 0 as output from (values ('${count}'), ('1.5'), ('-1')) as t(x)`,
    )
    const { read, total } = await usage(file)
    // A type without decimals makes 2 of 1.5.
    const isWhole = type.endsWith(' 0)')
    expect([read.malformed, total.tokens.input]).toEqual(isWhole ? [1, 7] : [2, 5])
  })

  it('are added across the limits of the time whatever their size', async () => {
    const file = await parquet(
      'across.parquet',
      `select timestamp '2026-11-01' as "at", timestamp '2026-11-03' as "end", 'demo' as model, 2000000000::integer as input, 2000000000::integer as cache_read, 0::smallint as output`,
    )
    const at = Date.parse('2026-11-02')
    const { warnings } = await usage(file, { since: Date.parse('2026-10-31'), until: at })
    expect(warnings.map(({ code }) => code)).toEqual(['BUCKETS_CUT'])
  })
})

it('a row that tells an end and no beginning ends no period', async () => {
  const told = `select ${AT} as "at", null::timestamp as "end", 'demo' as model, 5 as input, 0 as output`
  const row = `select null, timestamp '2026-12-01', 'demo', 5, 0`
  const { period } = await usage(await parquet('endless.parquet', `${told} union all ${row}`))
  expect(period).toMatchObject({ first: '2026-11-10T12:00:00Z', last: '2026-11-10T12:00:00Z' })
})

describe('a large CSV file is answered as by ourselves', () => {
  const good = '2026-11-10T12:00:00Z,demo,1000000,0,ann'
  it.each([
    ['plain', `${good}\n`],
    ['without an end', good],
    ['with empty lines', `\n${good}\n\n\n`],
    ['with quotes', `2026-11-10T12:00:00Z,demo,"1,000",0,"a ""b"""\n${good}\n`],
    ['with a quote in a cell', `2026-11-10T12:00:00Z,demo,7,0,a"b\n2026-11-10T12:00:00Z,demo,9,0,c"d\n`],
    ['with carriage returns', `${good}\r\n${good}\r\n`],
    ['with a cell too many', `${good},more\n${good}\n`],
    ['with cells too few', `2026-11-10T12:00:00Z,demo,5,6\n${good}\n`],
    ['with spaces around counts', `2026-11-10T12:00:00Z,demo, 5 ,\u00a06,x\n`],
    [
      'with counts of many forms',
      ['1,000', '5.0', '5.', '1e3', '0x10', '1_000', '+5', '-0', '']
        .map(n => `2026-11-10T12:00:00Z,demo,${n},0,x\n${good}\n`)
        .join(''),
    ],
    ['with bad times', `never,demo,5,6,x\n${good}\n`],
    ['with times in small letters and tabs', `2026-11-10t12:00:00z,demo,5,6,x\n\t2026-11-10 12:00:00\t,demo,7,8,x\n`],
    [
      'with bytes that are no text',
      Buffer.concat([Buffer.from(`${good}\n2026-11-10T12:00:00Z,demo,5,6,`), Buffer.from([0xff, 0x0a])]),
    ],
    ['with a NUL', `${good}\n2026-11-10T12:00:00Z,demo,5,6,a\0b\n`],
  ])('%s', async (_, rows) => {
    const head = Buffer.from('at,model,input,output,user\n')
    const file = folder.file('large.csv', Buffer.concat([head, Buffer.from(rows)]))
    const ask = async (largeFrom: number) => usage(file, { largeFrom, by: ['user'] }).catch(error => String(error))
    expect(await ask(0)).toEqual(await ask(Number.POSITIVE_INFINITY))
  })
})

describe('DuckDB', () => {
  it('fetches nothing, keeps UTC, and writes into a folder of its own that it removes', async () => {
    const engine = await openDuckdb({ tellShare: () => {} })
    if (!engine) throw new Error('it is not installed')
    const setting = async (name: string) => (await engine.run(`select current_setting('${name}')::varchar`))[0]?.[0]
    const temp = String(await setting('temp_directory'))
    expect(await setting('autoinstall_known_extensions')).toBe('false')
    expect(await setting('autoload_known_extensions')).toBe('false')
    expect(await setting('TimeZone')).toBe('UTC')
    expect(await setting('preserve_insertion_order')).toBe('false')
    await expect(engine.run("select * from read_parquet('https://example.invalid/a.parquet')")).rejects.toThrow()
    expect(existsSync(temp)).toBe(true)
    engine.close()
    expect(existsSync(temp)).toBe(false)
  })

  it('is never read as a stream, which swallows errors', () => {
    const room = join(repository, 'src/load/engines')
    for (const name of readdirSync(room)) {
      expect(readFileSync(join(room, name), 'utf8')).not.toMatch(/\.stream|yieldRows|streamAnd|startStream/)
    }
  })
})
