import { Command } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import { type Io, systemCode } from '../../io.ts'
import * as common from '../flags/options.ts'
import { type FolderOptions, folderPage } from './folder-page.ts'
import { EVENTS, startPageServer } from './page-server.ts'
import { watchedFiles } from './watched-files.ts'

interface ServeFlags extends FolderOptions {
  readonly port: string
}

const STEP_MS = 300

/** `dsprice serve`: the page of a folder, loaded anew as its files change, until Ctrl-C. */
export const serveCommand = (io: Io): Command => {
  const command = new Command('serve')
    .argument('<folder>', 'folder of scenarios, or one scenario file')
    .option('--port <n>', 'port of 127.0.0.1; 0: any that is free', '0')
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  return command.action(async (folder: string, options: ServeFlags) => {
    common.checkAt(options.at)
    const port = portIn(options.port)
    if (io.kind(folder) === null) throw new InputError([problems.noFile(folder)])
    const look = async () => {
      const watched = watchedFiles(io)
      return { watched, html: await folderPage(folder, watched.io, options, EVENTS) }
    }
    let shown = await look()
    const server = await startPageServer(port, () => shown.html).catch(error => refusePort(port, error))
    io.stdout.write(`${server.address}\n`)
    const stopped = io.untilStopped().then(() => 'stopped')
    try {
      while ((await Promise.race([stopped, wait(STEP_MS)])) !== 'stopped') {
        if (!shown.watched.hasChanged()) continue
        const before = shown.html
        shown = await look()
        if (shown.html !== before) server.announce()
      }
    } finally {
      await server.close()
    }
  })
}

const wait = (ms: number): Promise<void> =>
  new Promise(done => {
    setTimeout(done, ms)
  })

/** @throws {InputError} USAGE */
const portIn = (given: string): number => {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given)
  throw new InputError([problems.usage(`--port must be a number up to 65535, got "${given}"`, 'write --port 8080')])
}

/** @throws {InputError} USAGE for a port that is taken or reserved */
const refusePort = (port: number, error: unknown): never => {
  const code = systemCode(error)
  if (code === undefined) throw error
  throw new InputError([
    problems.usage(`port ${port} cannot be had (${code})`, 'leave --port out for any that is free'),
  ])
}
