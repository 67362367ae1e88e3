import { type Exact, toDecimals } from '../../model/number/money.ts'

/** Tokens in words: thousands apart, a fraction to one decimal. @example 1,237 */
export const groupedTokens = (tokens: Exact): string => {
  const [whole = '', fraction] = toDecimals(tokens, 1).split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined || fraction === '0' ? thousands : `${thousands}.${fraction}`
}
