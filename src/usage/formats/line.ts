import { type Cell, type CellAt, fixedCells, type Kind, type Kinds, valueIn } from '../reading/cell.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import type { Take } from '../reading/format.ts'

/** Lines of JSON of one structure: all have the same keys in the same objects. What it tells is of the last of them. */
export interface Line {
  /** The line's object, which holds until the next line. */
  fields(): Fields
  /** A cell for each of its values. */
  readonly cells: readonly Cell[]
  /** The cells, by the objects of `fields`. */
  readonly at: CellAt
  /** `null`: there is no other line of this structure. */
  readonly plans: Plans | null
}

/** A line without others of its structure. */
export const lineAlone = (fields: Fields): Line => ({ fields: () => fields, cells: [], at: fixedCells, plans: null })

/** How lines of one structure are taken, by the kinds of their values. */
export interface Plans {
  /** That of the line before comes first. */
  kept: Plan[]
  /** Told by the cells. */
  readonly kinds: Kinds
  /** Lines for which there was none. */
  missed: number
}

/** How a line is taken whose values are of these kinds. */
export interface Plan {
  /** The cells that it rests on, and the kind of each. */
  readonly cells: readonly Cell[]
  readonly kinds: readonly Kind[]
  /** Those whose values it rests on, and what each holds. */
  readonly values: readonly (readonly [cell: Cell, value: unknown])[]
  /** Who made it. */
  readonly owner: object
  readonly take: Take
}

export const newPlans = (kinds: Kinds): Plans => ({ kept: [], kinds, missed: 0 })

/** Most plans of one structure, and how many lines without one bring another. */
const MOST_PLANS = 8
const PATIENCE = 64

/** The plan for the line that was read last; `null`: there is none. */
export const planFor = ({ plans }: Line, owner: object): Plan | null => {
  if (plans === null) return null
  const { kept, kinds } = plans
  for (let i = 0; i < kept.length; i++) {
    const plan = kept[i] as Plan
    const hasSame = (i === 0 && kinds.areSame) || hasKinds(plan)
    if (plan.owner !== owner || !hasSame || !hasValues(plan)) continue
    kinds.areSame = true
    if (i > 0) {
      kept[i] = kept[0] as Plan
      kept[0] = plan
    }
    return plan
  }
  return null
}

const hasKinds = ({ cells, kinds }: Plan): boolean => {
  for (let i = 0; i < cells.length; i++) if ((cells[i] as Cell).kind !== kinds[i]) return false
  return true
}

const hasValues = ({ values }: Plan): boolean => {
  for (let i = 0; i < values.length; i++) {
    const one = values[i] as Plan['values'][number]
    if (valueIn(one[0]) !== one[1]) return false
  }
  return true
}

/**
 * Makes a plan for the line that was read last and for those like it, unless so many have been made that lines of this
 * structure have too little in common.
 *
 * @param decide - makes it, from the line's object; the values that it looks at are part of what the lines have in common
 */
export const makePlan = (
  { fields, cells, at, plans }: Line,
  owner: object,
  decide: (fields: Fields, at: CellAt) => Take | null,
): Plan | null => {
  if (plans === null) return null
  if (plans.kept[0] && plans.kept[0].owner !== owner) Object.assign(plans, newPlans(plans.kinds))
  if (++plans.missed > MOST_PLANS && plans.missed % PATIENCE !== 0) return null
  const value = fields()
  const { asked, values } = looked(value, at, decide)
  let isMade = false
  const take = decide(value, (fields, key) => {
    // Nobody would know then that its kind matters.
    if (isMade) throw new Error(`the cell of ${key} is asked for after its plan was made`)
    return at(fields, key)
  })
  isMade = true
  if (take === null) return null
  const plan = { cells: asked, kinds: asked.map(({ kind }) => kind), values, owner, take }
  plans.kept[Math.min(plans.kept.length, MOST_PLANS - 1)] = plan
  plans.kinds.areSame = false
  const busy = new Set(plans.kept.flatMap(one => one.cells))
  for (const cell of cells) cell.isIdle = !busy.has(cell)
  return plan
}

/** The cells that some work asks for in an object, and the values that it looks at itself. */
const looked = (
  value: Fields,
  at: CellAt,
  work: (value: Fields, at: CellAt) => unknown,
): { readonly asked: readonly Cell[]; readonly values: Plan['values'] } => {
  const asked = new Set<Cell>()
  const values = new Map<Cell, unknown>()
  const watched = new Map<Fields, Fields>()
  const raw = new Map<Fields, Fields>()
  const ask: CellAt = (fields, key) => {
    const cell = at(raw.get(fields) ?? fields, key)
    if (cell?.source) asked.add(cell)
    return cell
  }
  const watch = (fields: Fields): Fields => {
    const known = watched.get(fields)
    if (known) return known
    const made = new Proxy(fields, {
      get: (target, key) => {
        const inner = Reflect.get(target, key)
        if (isFields(inner)) return watch(inner)
        const cell = typeof key === 'string' ? ask(target, key) : null
        if (cell) values.set(cell, inner)
        return inner
      },
    })
    watched.set(fields, made)
    raw.set(made, fields)
    return made
  }
  work(watch(value), ask)
  return { asked: [...asked], values: [...values] }
}
