import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml'
import { type Problem, problems } from '../../errors/index.ts'
import { DEEPEST } from './json-text.ts'

/** Walks a YAML tree in linear time, even with many aliases, each of which yaml itself would look up anew. */

type Path = readonly (string | number)[]

// yaml takes about a second for this many, ten microseconds each, and a lot of memory.
export const MOST_LEXEMES = 100_000

/** Whether a text has more lexemes than the limit. Each has at least one character. */
export const isEndless = (text: string): boolean => {
  if (text.length < MOST_LEXEMES) return false
  let count = 0
  for (const _ of new Lexer().lex(text)) {
    count++
    if (count > MOST_LEXEMES) return true
  }
  return false
}

/** The node that each alias refers to. */
export type Targets = ReadonlyMap<Alias, Node>

/** Duplicate keys, aliases and unsupported types in a tree. */
export interface Survey {
  /** Duplicate keys within a mapping. */
  readonly repeated: readonly Scalar[]
  readonly targets: Targets
  /** Aliases without a preceding anchor. */
  readonly dangling: readonly Alias[]
  /** Values of types that JSON does not have. */
  readonly typed: readonly Node[]
}

// JSON's types. To a schema, a set, an ordered mapping, bytes or a date would be an object without keys.
const PLAIN_TAGS = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(tag => `tag:yaml.org,2002:${tag}`))

/** Surveys a tree in one pass. */
export const surveyTree = (tree: Document): Survey => {
  const repeated: Scalar[] = []
  const dangling: Alias[] = []
  const typed: Node[] = []
  const targets = new Map<Alias, Node>()
  // In file order, so that an alias refers to the last preceding anchor of its name.
  const anchors = new Map<string, Node>()
  visit(tree, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source)
      if (target) targets.set(alias, target)
      else dangling.push(alias)
    },
    Value: (_, node) => {
      if (node.anchor) anchors.set(node.anchor, node)
      if (isMap(node)) repeated.push(...repeatedIn(node))
      if (node.tag !== undefined && !PLAIN_TAGS.has(node.tag)) typed.push(node)
    },
  })
  return { repeated, targets, dangling, typed }
}

const repeatedIn = ({ items }: YAMLMap): Scalar[] => {
  const keys = new Set<unknown>()
  const repeated: Scalar[] = []
  for (const { key } of items) {
    if (!isScalar(key)) continue
    if (keys.has(key.value)) repeated.push(key)
    keys.add(key.value)
  }
  return repeated
}

/** Maximum expanded size of all aliases together, in characters and values. */
const MOST_ALIASED = 2 ** 17

/** A value and its expanded size: characters plus values, with the target of an alias counted each time. */
interface Sized {
  readonly value: unknown
  readonly size: number
}

/** A problem in a tree and its node. */
interface Misfit {
  readonly fault: Problem
  readonly node: Node
}

/**
 * Converts a tree to plain values; targets of aliases are shared.
 *
 * @returns the values, or the problem: a value that contains itself or would be too large when expanded
 */
export const plainValues = (root: Node | null, targets: Targets): { readonly data: unknown } | Misfit => {
  const known = new Map<Node, Sized>()
  const open = new Set<Node>()
  let aliased = 0
  let misfit: Misfit | null = null
  const refuse = (fault: Problem, node: Node): Sized => {
    misfit ??= { fault, node }
    return NOTHING
  }
  const behind = (alias: Alias): Sized => {
    const target = targets.get(alias)
    if (!target || open.has(target)) return refuse(holdsItself(alias.source), alias)
    const found = known.get(target) ?? NOTHING
    aliased += found.size
    return aliased > MOST_ALIASED ? refuse(TOO_MUCH_ALIASED, alias) : found
  }
  const sized = (node: Node | null, depth: number): Sized => {
    if (node === null || misfit) return NOTHING
    if (isAlias(node)) return behind(node)
    if (depth > DEEPEST) return refuse(TOO_DEEP, node)
    open.add(node)
    const found = isMap(node) ? mapping(node, depth) : isSeq(node) ? sequence(node.items, depth) : scalar(node)
    open.delete(node)
    if (node.anchor) known.set(node, found)
    return found
  }
  const mapping = ({ items }: YAMLMap, depth: number): Sized => {
    const value: Record<string, unknown> = {}
    let size = 1
    for (const { key, value: given } of items) {
      const name = keyText(key)
      const own = sized(given as Node | null, depth + 1)
      size += own.size + name.length
      put(value, name, own.value)
    }
    return { value, size }
  }
  const sequence = (items: readonly unknown[], depth: number): Sized => {
    const all = items.map(item => sized(item as Node | null, depth + 1))
    return { value: all.map(({ value }) => value), size: all.reduce((sum, { size }) => sum + size, 1) }
  }
  const data = sized(root, 0).value
  return misfit ?? { data }
}

const NOTHING: Sized = { value: null, size: 1 }

const TOO_DEEP = problems.syntax(
  `the values are nested too deeply: more than ${DEEPEST} lists and mappings in each other`,
  'flatten the file',
)

const TOO_MUCH_ALIASED = problems.syntax(
  `aliases stand for more than ${MOST_ALIASED} characters and values`,
  'write the values out instead of using aliases',
)

const holdsItself = (anchor: string): Problem =>
  problems.syntax(`the value &${anchor} holds itself through its alias`, 'write the value out')

const scalar = (node: Node): Sized => {
  const value = isScalar(node) ? node.value : null
  return { value, size: typeof value === 'string' ? value.length + 1 : 1 }
}

/** The text of a key, which parsing guarantees to be text; empty if it is left out. */
const keyText = (key: unknown): string => (isScalar(key) ? String(key.value ?? '') : '')

/** Sets a key that may have the name of an inherited property. */
const put = (holder: Record<string, unknown>, name: string, value: unknown): void => {
  if (name in holder)
    Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
  else holder[name] = value
}

/** Finds nodes by path; each mapping is indexed once. */
export const finderIn = (root: Node | null, targets: Targets) => {
  const indices = new Map<YAMLMap, ReadonlyMap<unknown, Pair>>()
  const indexOf = (map: YAMLMap): ReadonlyMap<unknown, Pair> => {
    const known = indices.get(map)
    if (known) return known
    // Keeps the first key of a name, as a second one is an error.
    const index = new Map<unknown, Pair>([...map.items].reverse().map(pair => [keyText(pair.key), pair]))
    indices.set(map, index)
    return index
  }
  const step = (holder: Node | null, key: string | number): Found | null => {
    const own = isAlias(holder) ? (targets.get(holder) ?? null) : holder
    if (isMap(own)) {
      const pair = indexOf(own).get(key)
      return pair ? { key: pair.key as Node | null, value: pair.value as Node | null } : null
    }
    if (!isSeq(own) || !(Number(key) in own.items)) return null
    return { key: null, value: own.items[Number(key)] as Node | null }
  }
  /** Follows a path as far as it exists. */
  const follow = (path: Path): { readonly found: Found; readonly whole: boolean } => {
    let found: Found = { key: null, value: root }
    for (const key of path) {
      const next = step(found.value, key)
      if (!next) return { found, whole: false }
      found = next
    }
    return { found, whole: true }
  }
  return {
    /** The node of a value; its key if the value is empty; the key of its parent if it is missing. */
    value: (path: Path): Node | null => {
      const { found, whole } = follow(path)
      const isWritten = found.value !== null && !(isScalar(found.value) && found.value.source === '')
      return (whole && isWritten ? null : found.key) ?? found.value
    },
    /** The key of a value. */
    key: (path: Path): Node | null => {
      const { found, whole } = follow(path)
      return whole ? found.key : null
    },
  }
}

interface Found {
  readonly key: Node | null
  readonly value: Node | null
}
