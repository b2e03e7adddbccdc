import { html, type Markup } from '#http/markup.ts'
import type { Visit } from './visit.ts'

/** Links to the pages before and after, which keep the filter; null if there is one page. `page` counts from 0. */
export const pagerOf = (
  { say, path }: Pick<Visit, 'say' | 'path'>,
  { page, pages }: { page: number; pages: number },
): Markup | null => {
  if (pages <= 1) return null
  const to = (number: number) => {
    const url = new URL(path, 'http://console')
    url.searchParams.set('page', `${number + 1}`)
    url.searchParams.delete('done')
    return `${url.pathname}${url.search}`
  }
  return html`<nav class="pager" aria-label="${say.label('console.pages')}">
${page > 0 && html`<a rel="prev" href="${to(page - 1)}">${say.label('console.earlier')}</a>`}
<span>${say.label('console.pageOf', { page: page + 1, pages })}</span>
${page < pages - 1 && html`<a rel="next" href="${to(page + 1)}">${say.label('console.later')}</a>`}</nav>`
}
