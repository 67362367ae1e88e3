import * as z from 'zod/mini'
import { instant } from './time.ts'
import { doc, printable, size } from './units.ts'

/** One call, as a program states it: the tokens that were billed, each counted once. */
export const callSchema = z.strictObject({
  model: doc(printable('a model id'), 'Model id or alias in the price book', 'deepseek-v4-pro'),
  at: doc(instant, 'The instant of the call; a date will do where the model has no peak hours', '2026-11-23T09:00Z'),
  service: z.optional(doc(printable('a service'), 'Service of the call; default: standard', 'flex')),
  region: z.optional(doc(printable('a region'), "Region of the provider's; default: none", 'us')),
  input: doc(z._default(size, 0), 'Input tokens that the cache neither gave nor kept', 1200),
  cache_read: doc(z._default(size, 0), 'Input tokens read from the cache', '9K'),
  cache_write: doc(z._default(size, 0), 'Input tokens written to the cache', '2K'),
  cache_write_1h: doc(z._default(size, 0), 'Input tokens written to the cache for one hour', 400),
  output: doc(z._default(size, 0), 'Output tokens, reasoning included', 350),
})

export type Call = Readonly<z.infer<typeof callSchema>>
