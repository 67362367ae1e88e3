import { type Problem, problems } from '../../errors/index.ts'
import type { Address } from './address.ts'

/** A row of system.settings. */
export interface Setting {
  readonly name: string
  readonly value: string
}

/** Settings by which rows are left out, added or answered from before without an error, and what they must be. */
const SAFE: Readonly<Record<string, readonly string[]>> = {
  skip_unavailable_shards: ['0'],
  distributed_group_by_no_merge: ['0'],
  limit: ['0'],
  offset: ['0'],
  extremes: ['0'],
  use_query_cache: ['0'],
  apply_deleted_mask: ['1'],
  additional_table_filters: ['{}', ''],
  additional_result_filter: [''],
  parallel_replicas_count: ['0', '1'],
}

/** Settings that are sent where the server knows them and the user may set them; any value of theirs is safe. */
const WANTED: Readonly<Record<string, string>> = {
  // A replica that lags behind is no answer, unless there is nothing else to be asked.
  fallback_to_stale_replicas_for_distributed_queries: '0',
  cancel_http_readonly_queries_on_client_close: '1',
  max_query_size: `${2 ** 20}`,
  output_format_json_quote_64bit_integers: '1',
}

/** `read_overflow_mode`, `timeout_overflow_mode`, `read_overflow_mode_leaf`… : what happens beyond a limit. */
const isOverflowMode = (name: string): boolean => /_overflow_mode(_leaf)?$/.test(name)

const safeValues = (name: string): readonly string[] | undefined =>
  isOverflowMode(name) ? ['throw'] : Object.hasOwn(SAFE, name) ? SAFE[name] : undefined

/** What the server and this user's profile say of settings. */
export interface Settled {
  /** Settings to send with each query. */
  readonly params: ReadonlyMap<string, string>
  /** Settings that are not safe and cannot be sent: a problem each. */
  readonly faults: readonly Problem[]
  /** Whether the user may set anything. */
  readonly isFixed: boolean
  /** Bytes that a query may have. */
  readonly longest: number
}

const DEFAULT_LONGEST = 2 ** 18

/** Settings whose values are looked at, for a query on system.settings. */
export const ASKED = `name in (${['readonly', ...Object.keys({ ...SAFE, ...WANTED })]
  .map(name => `'${name}'`)
  .join(', ')}) or name like '%\\_overflow\\_mode%'`

/**
 * Makes sure that no row is left out in silence. A user with `readonly = 1` may send no setting, so those of the profile
 * must be safe; else they are sent with every query, also to the shards, whose own profiles would hold otherwise.
 */
export const settle = (settings: readonly Setting[], address: Address): Settled => {
  const values = new Map(settings.map(({ name, value }) => [name, value]))
  const isFixed = values.get('readonly') === '1'
  const unsafe = settings.filter(({ name, value }) => safeValues(name)?.includes(value) === false)
  if (isFixed) {
    const longest = Number(values.get('max_query_size') ?? DEFAULT_LONGEST)
    return { params: new Map(), faults: unsafe.map(one => faultOf(one, address)), isFixed, longest }
  }
  const params = new Map<string, string>()
  for (const { name } of settings) {
    const value = safeValues(name)?.[0] ?? WANTED[name]
    // An empty value is the default, and not one that can be sent.
    if (value !== undefined && (value !== '{}' || unsafe.some(one => one.name === name))) params.set(name, value)
  }
  params.set('max_execution_time', `${address.timeout}`)
  // Last: it forbids to change others. Whoever the user is, a query of ours only reads.
  if (values.get('readonly') !== '2') params.set('readonly', '2')
  const longest = Number(params.get('max_query_size') ?? DEFAULT_LONGEST)
  return { params, faults: [], isFixed, longest }
}

const faultOf = ({ name, value }: Setting, { name: address, user }: Address): Problem => {
  const safe = safeValues(name)?.[0] || "''"
  return problems.unsafeServer(
    address,
    `the profile of ${user} sets ${name} = ${value || "''"}, by which rows can be left out without an error`,
    `have it set to ${safe}, or give ${user} a profile with readonly = 2, under which dsprice sends it`,
  )
}
