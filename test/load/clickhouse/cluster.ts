import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { removeFolder } from '../../remove-folder.ts'
import { configXml, PASSWORD, usersXml } from './server-files.ts'

/** Debian's clickhouse-server, as `.ci/steps/clickhouse.sh` provides it. */
const program = process.env['CLICKHOUSE_SERVER']

/** Tests against real servers; they are passed over where there is none. */
export const describeOnServers = program === undefined ? describe.skip : describe

export interface Server {
  readonly port: number
  /** Runs a statement as the administrator. @returns what it prints */
  run(sql: string): Promise<string>
  /** Ends the process without a word. */
  kill(): Promise<void>
  /** Starts it again with the same files. */
  start(): Promise<void>
  /** Stops it from doing anything, and lets it go on. */
  freeze(): void
  thaw(): void
}

/** Two servers, each a shard of the cluster `pair`. */
export interface Cluster {
  readonly servers: readonly [Server, Server]
  /** Runs a statement on both. */
  runOnBoth(sql: string): Promise<void>
  stop(): Promise<void>
}

/** @param profiles - settings by profile, each of which gets a user of that name */
export const startCluster = async (profiles: Readonly<Record<string, string>> = {}): Promise<Cluster> => {
  const folder = mkdtempSync(join(tmpdir(), 'dsprice-clickhouse-'))
  const ports = await freePorts(6)
  const port = (i: number): number => ports[i] ?? 0
  const shards = [port(1), port(4)]
  const server = (i: 0 | 1): Server => {
    const home = join(folder, `${i}`)
    for (const sub of ['data', 'tmp', 'formats']) mkdirSync(join(home, sub), { recursive: true })
    const own = { http: port(i * 3), tcp: port(i * 3 + 1), interserver: port(i * 3 + 2) }
    writeFileSync(join(home, 'config.xml'), configXml(home, own, shards))
    writeFileSync(join(home, 'users.xml'), usersXml(profiles))
    return serverIn(home, own.http)
  }
  const servers = [server(0), server(1)] as const
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(one => one.kill()))
    await removeFolder(folder)
  }
  try {
    await Promise.all(servers.map(one => one.start()))
  } catch (error) {
    await stop()
    throw error
  }
  return { servers, runOnBoth: async sql => void (await Promise.all(servers.map(one => one.run(sql)))), stop }
}

const serverIn = (home: string, port: number): Server => {
  let child: ChildProcess | undefined
  const run = async (sql: string): Promise<string> => {
    const headers = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': PASSWORD }
    const answer = await fetch(`http://127.0.0.1:${port}/?wait_end_of_query=1`, { method: 'POST', headers, body: sql })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${sql.slice(0, 200)}: ${text}`)
    return text
  }
  return {
    port,
    run,
    kill: async () => {
      const running = child
      child = undefined
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const ended = new Promise(done => running.once('exit', done))
      running.kill('SIGCONT')
      running.kill('SIGKILL')
      await ended
    },
    start: async () => {
      const started = spawn(program ?? '', [`--config-file=${home}/config.xml`], { stdio: 'ignore', cwd: home })
      child = started
      process.once('exit', () => started.kill('SIGKILL'))
      writeFileSync(join(home, 'server.pid'), `${started.pid}\n`)
      for (let tries = 0; tries < 300; tries++) {
        if (started.exitCode !== null) break
        if (await run('select 1').catch(() => false)) return
        await sleep(50)
      }
      const log = join(home, 'errors.log')
      throw new Error(`the server did not start: ${existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : ''}`)
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  }
}

/** Ports that were free a moment ago. */
const freePorts = async (count: number): Promise<number[]> => {
  const held = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
      return server
    }),
  )
  const ports = held.map(server => {
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  })
  await Promise.all(held.map(server => new Promise(done => server.close(done))))
  return ports
}
