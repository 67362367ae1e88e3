import { jsonText } from '../../model/printable.ts'
import type { PageData } from '../../plan/page/page-data.ts'

/** What the build makes for the page: dist/page.json. */
export interface PageAssets {
  /** gzip, in base64. */
  readonly program: string
  /** Unpacks the program and runs it. */
  readonly loader: string
  readonly style: string
  /** Hashes that the page's policy allows: of both scripts, and of its styles with that of the chart library. */
  readonly hashes: { readonly scripts: readonly string[]; readonly styles: readonly string[] }
}

/**
 * A page of its own: program, look and figures in one file, which fetches nothing. Names from files stand in it as data
 * only, and its policy lets nothing else run.
 *
 * @param live - address of the events that announce a change, of a page that is served; left out: none
 */
export const pageHtml = (data: PageData, { program, loader, style, hashes }: PageAssets, live?: string): string => {
  const policy = [
    "default-src 'none'",
    `script-src ${quoted(hashes.scripts)}`,
    `style-src ${quoted(hashes.styles)}`,
    'img-src data:',
    ...(live === undefined ? [] : ["connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="dsprice ${escaped(data.tool_version)}">
<title>${escaped(titleOf(data))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript>This page works out its figures in the browser: allow scripts for this file, or run dsprice estimate.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${inert({ ...data, ...(live === undefined ? {} : { live }) })}</script>
<script type="text/plain" id="program">${program}</script>
<script>${loader}</script>
</body>
</html>
`
}

const quoted = (hashes: readonly string[]): string => hashes.map(hash => `'${hash}'`).join(' ')

const titleOf = ({ scenarios }: PageData): string => {
  const [first] = scenarios
  if (!first) return 'dsprice'
  return scenarios.length === 1
    ? `${first.scenario.name}: what it costs`
    : `${scenarios.length} scenarios: what they cost`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, character => ESCAPES[character] ?? '')

/** JSON that cannot end its element or open another. */
const inert = (data: unknown): string => jsonText(data).replaceAll('<', '\\u003c')
