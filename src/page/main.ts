import type { PageData } from '../plan/page/page-data.ts'
import { startApp } from './app.ts'
import { el } from './dom/element.ts'
import { footerElement } from './frame.ts'
import { unfoldForPrint } from './print.ts'
import { usageElements } from './sections/usage.ts'

/** The page's program: it reads the figures that the page holds, and shows them. */

const holder = document.getElementById('data')
const root = document.getElementById('page')
if (!holder || !root) throw new Error('the page has lost its parts')
const data = JSON.parse(holder.textContent ?? '') as PageData & { readonly live?: string }
if (data.usage) {
  root.append(el('main', { class: 'plain' }, el('div', {}, ...usageElements(data.usage))), footerElement(data))
  document.body.dataset['shown'] = ''
} else startApp(data, root)
unfoldForPrint()
if (data.live !== undefined) {
  new EventSource(data.live).onmessage = () => location.reload()
}
