import { Argument, Command } from 'commander'
import type { Io } from '../../io.ts'
import { CATALOGUE_NAMES } from '../../model/book/choices.ts'
import { described } from '../flags/described.ts'
import * as common from '../flags/options.ts'
import type { ImportFlags } from './run-import.ts'

const SUMMARY = 'turn a public catalogue into a price file'
const EXAMPLES = [
  'dsprice prices import models.dev api.json --as-of 2026-11-28 -o layer.json',
  'dsprice prices import litellm l.json --as-of 2026-11-28 --only xai -o x.json',
  'dsprice prices import pi-ai dist/providers/data -o layer.json',
]

/** `dsprice prices import`: writes a layer of a catalogue's prices, and says what it left out and doubts. */
export const importCommand = (io: Io): Command =>
  new Command('import')
    .summary(SUMMARY)
    .description(described(SUMMARY, EXAMPLES))
    .addArgument(new Argument('<from>', 'the catalogue').choices(CATALOGUE_NAMES))
    .argument('<file>', "the catalogue's file; - is stdin; of pi-ai also its folder dist/providers/data")
    .option('--as-of <date>', 'day on which its prices were in force (default: the day that the file states)')
    .option('--only <providers>', 'these providers alone, separated by commas; also plans and resellers')
    .option('--since <date>', 'earlier day from which its prices hold, on your word')
    .option('--json', 'the report as JSON, with every entry that is left out or in doubt')
    .option('--quiet', 'no report on stderr')
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
    .action(async (name: string, file: string, options: ImportFlags) =>
      (await import('./run-import.ts')).runImport({ name, file, ...options }, io),
    )
