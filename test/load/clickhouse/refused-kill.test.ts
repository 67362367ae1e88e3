import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { readAddress } from '../../../src/load/clickhouse/address.ts'
import { openSession } from '../../../src/load/clickhouse/session.ts'
import { repository } from '../../fake-io.ts'
import { removeFolder } from '../../remove-folder.ts'

/**
 * ClickHouse 18.16 lets every user end a query of their own, as session.server.test.ts has it. Later servers refuse it
 * to one who may not read system.processes, or only read at all: this one answers as they do, and no query ever ends.
 */

const REFUSALS = [
  {
    status: 500,
    text: 'Code: 164. DB::Exception: reader: Cannot execute query in readonly mode. (READONLY) (version 24.8.4.13 (official build))',
    says: 'reader: Cannot execute query in readonly mode. (READONLY) (code 164)',
  },
  {
    status: 403,
    text: "Code: 497. DB::Exception: reader: Not enough privileges. To execute this query, it's necessary to have the grant SELECT(query_id, user, query) ON system.processes. (ACCESS_DENIED) (version 24.8.4.13 (official build))",
    says: "reader: Not enough privileges. To execute this query, it's necessary to have the grant SELECT(query_id, user, query) ON system.processes. (ACCESS_DENIED) (code 497)",
  },
] as const

type Take = (query: { readonly sql: string; readonly params: URLSearchParams }, answer: ServerResponse) => void

const withServer = async <T>(take: Take, work: (port: number) => Promise<T>): Promise<T> => {
  const server = createServer(async (request: IncomingMessage, answer) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
    take({ sql: Buffer.concat(pieces).toString(), params: searchParams }, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const isKill = (sql: string): boolean => sql.startsWith('kill query')
const settings = (readonly: string): string =>
  JSON.stringify({ meta: [{}, {}], data: [['readonly', readonly]], rows: 1 })

describe.each(REFUSALS)('a KILL that is refused: $says', ({ status, text, says }) => {
  it.each([
    { readonly: '1', until: 'as long as the profile of reader lets it' },
    { readonly: '2', until: 'until its max_execution_time of 1 s is over' },
  ])('readonly = $readonly: the run ends with what goes on, and for how long', async ({ readonly, until }) => {
    const killed: string[] = []
    const asked: string[] = []
    const take: Take = ({ sql, params }, answer) => {
      if (isKill(sql)) {
        killed.push(sql)
        answer.writeHead(status).end(text)
      } else if (sql.includes('system.settings')) answer.writeHead(200).end(settings(readonly))
      else asked.push(params.get('query_id') ?? '')
    }
    await withServer(take, async port => {
      const address = readAddress(`clickhouse://reader@127.0.0.1:${port}/logs.calls?timeout=1`)
      const session = await openSession({ address, password: '', grace: -500 })
      const begun = performance.now()
      const error = await session.run('select 1').catch((reason: unknown) => reason)
      expect(performance.now() - begun).toBeLessThan(5_000)
      const [id] = asked
      expect(killed).toEqual([`kill query where query_id = '${id}' async`])
      expect(error instanceof InputError ? error.problems : error).toMatchObject([
        {
          ...{ code: 'NO_SERVER', exit: 3 },
          what: `${address.name} does not answer: a query did not end within 1 s; it was not ended, and may go on ${until}: ${says}`,
          fix: expect.stringMatching(new RegExp(`KILL QUERY WHERE query_id = '${id}'$`)),
        },
      ])
    })
  })

  it('Ctrl-C ends the program by its signal all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dsprice-refused-'))
    try {
      writeFileSync(join(folder, 'columns.yaml'), 'at: ts\nmodel: model\ninput: input\noutput: output\n')
      let interrupt = (): void => {}
      let kills = 0
      const take: Take = ({ sql }, answer) => {
        if (!isKill(sql)) return interrupt()
        kills++
        answer.writeHead(status).end(text)
      }
      const signal = await withServer(take, async port => {
        const source = `clickhouse://reader@127.0.0.1:${port}/logs.calls`
        const argv = [join(repository, 'bin/dsprice.js'), 'usage', source, '--columns', 'columns.yaml']
        const child = spawn(process.execPath, argv, { cwd: folder, stdio: 'ignore' })
        interrupt = () => child.kill('SIGINT')
        const [, ended] = await once(child, 'exit')
        return ended
      })
      expect({ signal, kills }).toEqual({ signal: 'SIGINT', kills: 1 })
    } finally {
      await removeFolder(folder)
    }
  })
})

it('a KILL that is taken leaves nothing to tell', async () => {
  const take: Take = ({ sql }, answer) => {
    if (isKill(sql)) answer.writeHead(200).end('')
    else if (sql.includes('system.settings')) answer.writeHead(200).end(settings('1'))
  }
  await withServer(take, async port => {
    const address = readAddress(`clickhouse://reader@127.0.0.1:${port}/logs.calls?timeout=1`)
    const { run } = await openSession({ address, password: '', grace: -500 })
    await expect(run('select 1')).rejects.toThrow(/a query did not end within 1 s$/)
  })
})
