import type { Renderer } from './renderer.ts'

/** Every report format, one row each; a format is loaded when it is asked for. */
export const RENDERERS = {
  table: async () => (await import('./table.ts')).table,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
  csv: async () => (await import('./csv.ts')).csv,
} as const satisfies Record<string, () => Promise<Renderer>>

export type Format = keyof typeof RENDERERS

export const FORMATS = Object.keys(RENDERERS) as Format[]
