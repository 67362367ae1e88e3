import { Argument, Command } from 'commander'
import type { Io } from '../io.ts'
import { SCHEMA_NAMES } from '../model/result/schema-names.ts'
import * as common from './flags/options.ts'

/** `dsprice schema`: prints the JSON Schema of a file, for editors and for validating `--json` output. */
export const schemaCommand = (io: Io): Command =>
  new Command('schema')
    .addArgument(new Argument('<name>', 'which file').choices(SCHEMA_NAMES))
    .option('--json', 'no effect: a schema is always JSON')
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
    .action(async (name: string, { output }: { output?: string }) =>
      common.deliver(io, new TextDecoder().decode(io.shipped(`schema/${name}.schema.json`)), output),
    )
