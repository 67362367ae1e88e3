/** A name as the dialect writes it. @example quoteName('a`b') // `a\`b` */
export const quoteName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

/** A text as the dialect writes it. @example quoteText("it's") // 'it\'s' */
export const quoteText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** A table, as a query names it. */
export const tableOf = ({ database, table }: { readonly database: string; readonly table: string }): string =>
  `${quoteName(database)}.${quoteName(table)}`
