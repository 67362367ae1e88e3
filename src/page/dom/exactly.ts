import { isRange, type Printed } from '../../model/number/range.ts'

/** Marks an element as the print of an exact figure, so that it can be found and compared with `--json`. */
export const exactly = <E extends HTMLElement>(
  element: E,
  { view, unit, exact }: { readonly view: string; readonly unit: string; readonly exact: Printed<string> | null },
): E => {
  element.dataset['view'] = view
  element.dataset['unit'] = unit
  element.dataset['exact'] = exact === null ? '' : isRange(exact) ? `${exact.low} ${exact.high}` : exact
  return element
}
