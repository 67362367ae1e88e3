import { type Document, type Node, visit } from 'yaml'
import { type Problem, problems } from '../errors.ts'

/** A part of a YAML document that is well formed and yet no plain value, and what is wrong with it. */
export interface TreeFault {
  readonly node: Node
  readonly problem: Problem
}

// What plain values are: JSON's. A set, an ordered mapping, bytes or a date would be an object without keys to a schema.
const PLAIN_TAGS = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(tag => `tag:yaml.org,2002:${tag}`))

/** What no schema could judge: an anchor that holds itself, a type that JSON does not have; in the order of the document. */
export const treeFaults = (parsed: Document): TreeFault[] => {
  const found: TreeFault[] = []
  const anchors = new Map<string, Node>()
  visit(parsed, {
    Alias: (_, alias, path) => {
      const target = anchors.get(alias.source)
      if (target === undefined || !path.includes(target)) return
      const what = `the value &${alias.source} holds itself through its alias`
      found.push({ node: alias, problem: problems.syntax(what, 'write the value out') })
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
      if (node.tag === undefined || PLAIN_TAGS.has(node.tag)) return
      const what = `the type ${node.tag.replace('tag:yaml.org,2002:', '!!')} is not read here`
      found.push({ node, problem: problems.syntax(what, 'write plain text, a number, a list or keys') })
    },
  })
  return found
}
