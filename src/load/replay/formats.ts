import { azure } from './azure.ts'
import { kvCacheTester } from './kv-cache-tester.ts'
import { lengths } from './lengths.ts'
import { messages } from './messages.ts'
import { mooncake } from './mooncake.ts'
import type { TraceFormat } from './trace-format.ts'

/** Every kind of trace, one row each. */
export const TRACE_FORMATS: readonly TraceFormat[] = [mooncake, kvCacheTester, azure, lengths, messages]

export const TRACE_FORMAT_NAMES: readonly string[] = TRACE_FORMATS.map(({ name }) => name)
