/** Moves the point of decimal digits, since a division would leave binary noise. @example shareOf('12.5') // 0.125 */
export const shareOf = (percent: string): string => {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent) ?? []
  if (whole === '') return percent
  const digits = whole.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${part}`.replace(/\.?0+$/, '') || '0'
}

/** The reverse. @example percentOf('0.125') // 12.5 */
export const percentOf = (share: string): string => {
  const [whole = '0', part = ''] = share.split('.')
  const digits = part.padEnd(2, '0')
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = digits.slice(2).replace(/0+$/, '')
  return rest === '' ? percent : `${percent}.${rest}`
}
