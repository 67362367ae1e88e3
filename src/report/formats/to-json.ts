import { jsonText } from '../../model/printable.ts'

/** Any document as JSON: exact, whole, one trailing newline. */
export const toJson = (document: unknown): string => `${jsonText(document, 2)}\n`
