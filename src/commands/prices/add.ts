import { Command, Option } from 'commander'
import type { Io } from '../../io.ts'
import { SPLITS } from '../../model/book/choices.ts'
import { described } from '../flags/described.ts'
import type { AddFlags } from './run-add.ts'

const SUMMARY = 'write a price of your own into a file'
const EXAMPLES = [
  'dsprice prices add acme-large --input 2 --output 6 --provider acme -o mine.json',
  'dsprice prices add my-gpt --input 4 --output 24 --like gpt-5.5 -o mine.json',
  'dsprice prices add my-gpt --tokenizer o200k_base -o mine.json',
  'dsprice estimate bot.yaml --pricing mine.json',
]

/** `dsprice prices add`: writes or extends a price file by one row, or by what is known of a model. */
export const addCommand = (io: Io): Command =>
  new Command('add')
    .summary(SUMMARY)
    .description(described(SUMMARY, EXAMPLES))
    .argument('<model>', 'id of a new model, or a model of the book')
    .option('--input <usd>', 'USD per 1M tokens; without a price, only what else is given is written')
    .option('--output <usd>', 'USD per 1M tokens')
    .option('--cache-read <usd>', 'USD per 1M tokens; none: not offered (default: unknown)')
    .option('--cache-write <usd>', 'the shortest lifetime; none: not offered')
    .option('--cache-write-1h <usd>', 'kept one hour; none: not offered')
    .option('--like <model>', 'take what is not known from this model: provider, tokenizer, limits, cache rule')
    .option('--provider <id>', 'who sells it; a provider that the book lacks is described as well')
    .option('--from <date>', 'first day of the price (default: today, UTC)')
    .option('--replace', 'take the place of a row of the file that begins on the same day')
    .option('--context <tokens>', 'prompt and output together')
    .option('--max-output <tokens>', 'longest output')
    .option('--tokenizer <name>', "such as o200k_base, or the path of its maker's tokenizer.json")
    .addOption(new Option('--split <name>', 'how a file of ranks (*.tiktoken) splits text').choices(SPLITS))
    .option('--source <text>', 'where the price is from, such as "Contract 2026-114"')
    .option('--quiet', 'no report on stderr')
    .option('-o <file>', 'write or extend this JSON file, whole or not at all (default: stdout)')
    .action(async (model: string, options: AddFlags) => (await import('./run-add.ts')).runAdd(model, options, io))
