import type { Resolved } from './price-at.ts'

/**
 * How a name leads to a model, in one line; `null`: it is the model's id or an alias.
 *
 * @example claude-haiku-4-5-20251001 is a dated snapshot of claude-haiku-4.5
 */
export const nameInWords = (name: string, { model: { id }, rule }: Resolved): string | null => {
  switch (rule) {
    case null:
      return null
    case 'dated':
      return `${name} is a dated snapshot of ${id}`
    case 'path':
      return `${name} is ${id}, as an API or a gateway calls it`
    case 'weights':
      return `${name} is the name of the weights; it is priced as ${id}, their maker's own API: put a host's name before it for that host's price`
    case 'profile':
      return `${name} is a profile within the US, which costs the same as ${id}`
    case 'spelled':
      return `${name} is another spelling of ${id}`
    default:
      return rule satisfies never
  }
}
