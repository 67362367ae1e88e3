import { type Document, isAlias, isNode, isScalar, type Node, visit } from 'yaml'
import { type Problem, problems } from '../errors.ts'

/** A part of a YAML document that is well formed and yet no plain value, and what is wrong with it. */
export interface TreeFault {
  readonly node: Node
  readonly problem: Problem
}

// What plain values are: JSON's. A set, an ordered mapping or bytes would be an object without keys to every schema.
const PLAIN_TAGS = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(tag => `tag:yaml.org,2002:${tag}`))

/**
 * What no schema could judge: a type that JSON does not have, and the name `__proto__`.
 *
 * The last is refused here, once for every file, as JavaScript has no safe way to use it: zod drops such a key in
 * silence, and an assignment by it does something else. All other names are names like any other.
 *
 * @returns in the order of the document
 */
export const treeFaults = (parsed: Document): TreeFault[] => {
  const found: TreeFault[] = []
  const anchors = new Map<string, Node>()
  visit(parsed, {
    Pair: (_, { key }) => {
      const name = isAlias(key) ? anchors.get(key.source) : key
      if (isScalar(name) && name.value === '__proto__' && isNode(key)) {
        found.push({ node: key, problem: problems.noName('__proto__') })
      }
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
      if (node.tag !== undefined && !PLAIN_TAGS.has(node.tag)) {
        const what = `the type ${node.tag.replace('tag:yaml.org,2002:', '!!')} is not read here`
        found.push({ node, problem: problems.syntax(what, 'write plain text, a number, a list or keys') })
      }
    },
  })
  return found
}
