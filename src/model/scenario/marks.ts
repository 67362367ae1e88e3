/** Places in a prompt at whose end a cache mark can stand; `prompt` is the end of the newest message. */
export const MARKS = ['shared', 'session', 'prompt'] as const

export type Mark = (typeof MARKS)[number]
