import { createHash } from 'node:crypto'
import { andMore, MOST_TOLD, type Problem } from '../../errors/index.ts'
import { escaped } from '../../report/page/page-html.ts'
import { inWords } from '../flags/on-stderr.ts'

const STYLE = 'body{margin:2rem auto;max-width:60rem;padding:0 1rem}h1{font:600 1.3rem system-ui}pre{overflow-x:auto}'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * What is wrong with scenarios as a page, with the text that a terminal has; it loads anew after a change.
 *
 * @param events - address that announces a change, without quotes
 */
export const errorPage = (problems: readonly Problem[], events: string): string => {
  const script = `new EventSource('${events}').onmessage=()=>location.reload()`
  const told = problems.slice(0, MOST_TOLD).map(one => inWords(one))
  const text = `${told.join('\n')}${andMore(problems.length, 'error')}`
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(STYLE)}; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>dsprice: no answer</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>The scenarios cannot be priced. This page loads anew when a file changes.</h1>
<pre role="alert" tabindex="0">${escaped(text)}</pre>
</main>
<script>${script}</script>
</body>
</html>
`
}
