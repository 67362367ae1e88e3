import { isMap, isScalar, parseDocument } from 'yaml'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import { mayShow, type Showing, type Top } from './may-show.ts'
import { inFileOrder, locateBy, type PlaceOf, placesIn, type Source } from './places.ts'
import { refuseProto } from './proto-keys.ts'
import { finderIn, isEndless, MOST_LEXEMES, plainValues, surveyTree } from './yaml-tree.ts'

// One wrong indentation can cause a thousand errors; the first few are enough.
const MOST_FAULTS = 20

const WHATS: Readonly<Record<string, string>> = { MULTIPLE_DOCS: 'the file holds more than one document' }

const FIXES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'keep one document in the file',
  BAD_INDENT: 'line the keys up',
}

/** Parses a YAML text. @throws {InputError} SYNTAX for every error at once, located; TOO_MUCH */
export const yamlSource = (name: string, text: string, showing: Showing): Source => {
  if (isEndless(text)) throw new InputError([problems.tooMuchYaml(name, MOST_LEXEMES)])
  const parsed = guardDepth(name, () =>
    parseDocument(text, {
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
      // yaml's own check compares every pair of keys; ours below uses a set.
      uniqueKeys: false,
    }),
  )
  const shown = mayShow(topIn(parsed), showing)
  const place = placesIn(name, text, shown)
  const faults = [...parsed.errors, ...parsed.warnings]
  if (faults.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) throw tooDeep(name)
  const { repeated, targets, dangling, typed } = guardDepth(name, () => surveyTree(parsed))
  const located = faultsIn(faults, { repeated, dangling, typed }, shown)
    .slice(0, MOST_FAULTS)
    .map(({ fault, range }) => ({ ...fault, ...placeIn(range, place) }))
  if (located.length > 0) throw new InputError(inFileOrder(located))
  const plain = guardDepth(name, () => plainValues(parsed.contents, targets))
  if ('fault' in plain) throw new InputError([{ ...plain.fault, ...placeIn(plain.node.range, place) }])
  const find = finderIn(parsed.contents, targets)
  const placeOf: PlaceOf = (path, part = 'value') => placeIn(find[part](path)?.range, place)
  return refuseProto(text, { name, data: plain.data, shown, placeOf, locate: locateBy(placeOf) })
}

type Parsed = ReturnType<typeof parseDocument>

interface Fault {
  readonly fault: Problem
  readonly range: readonly number[] | null | undefined
}

/** Errors found by yaml, and YAML that is not supported here. @param shown - whether the text may be quoted */
const faultsIn = (
  faults: readonly Parsed['errors'][number][] | readonly Parsed['warnings'][number][],
  { repeated, dangling, typed }: Pick<ReturnType<typeof surveyTree>, 'repeated' | 'dangling' | 'typed'>,
  shown: boolean,
): Fault[] => [
  ...faults.map(({ code, message, pos }) => ({
    fault: problems.syntax(
      WHATS[code] ?? (shown ? tidy(message) : UNSAID),
      FIXES[code] ?? 'fix the YAML at this place',
    ),
    range: pos,
  })),
  ...repeated.map(({ value, range }) => ({
    fault: problems.syntax(
      `${shown ? `the key "${value}"` : 'a key'} stands here a second time`,
      'keep one of the two',
    ),
    range,
  })),
  ...dangling.map(({ source, range }) => ({
    fault: problems.syntax(`there is no ${shown ? `anchor &${source}` : 'such anchor'}`, 'write the value out'),
    range,
  })),
  ...typed.map(({ tag = '', range }) => ({
    fault: problems.syntax(
      `the type ${shown ? `${tag.replace('tag:yaml.org,2002:', '!!')} ` : ''}is not read here`,
      'write plain text, a number, a list or keys',
    ),
    range,
  })),
]

const UNSAID = 'this is no valid YAML'

const topIn = ({ contents }: Parsed): Top | null =>
  isMap(contents)
    ? {
        keys: contents.items.map(({ key }) => String(isScalar(key) ? key.value : key)),
        schema: contents.get('schema'),
      }
    : null

const placeIn = (
  range: readonly number[] | null | undefined,
  place: ReturnType<typeof placesIn>,
): Pick<Problem, 'at' | 'excerpt'> => {
  const [from = 0, to = 1] = range ?? []
  return place(from, to - from)
}

/** Runs `work` and reports a stack overflow as the nesting that caused it. */
const guardDepth = <T>(name: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(name) : error
  }
}

const tooDeep = (name: string): InputError =>
  new InputError([{ ...problems.syntax('the values are nested too deeply', 'flatten the file'), at: `${name}:1:1` }])

const tidy = (message: string): string => message.split('\n')[0]?.trim() ?? message
