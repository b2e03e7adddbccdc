import { html } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { titleOf } from './card-head.ts'
import { lineOf, linesOf, storyOf } from './card-words.ts'
import type { CaseWords } from './load-card.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { Case } from '#features/requests/cases.ts'

/** A page of this many characters is far below what a page may weigh. */
const mostOnPage = 16_000

/** The whole story and the whole talk: the story first, then page by page. */
export const wordsPage = (
  visit: Visit,
  { request, words, page }: { request: Case; words: CaseWords; page: number },
): Page => {
  const { say } = visit
  const { id: requestId } = request
  const title = `${titleOf(visit, request)}: ${say.label('consoleRequests.talk')}`
  const pages: RequestLine[][] = [[]]
  let size = 0
  for (const line of linesOf(words)) {
    size += line.text.length + 100
    if (size > mostOnPage) {
      pages.push([])
      size = line.text.length
    }
    pages.at(-1)?.push(line)
  }
  const shown = Math.min(page, pages.length)
  const lines = shown === 0 ? [] : (pages[shown - 1] ?? [])
  const body = html`<p class="note crumb"><a href="/console/requests/${requestId}">${titleOf(visit, request)}</a></p><h1>${title}</h1>
${shown === 0 && html`<section><h2>${say.label('consoleRequests.story')}</h2>${storyOf(visit, { requestId, content: words.content }, mostOnPage)}</section>`}
${lines.length > 0 && html`<section><ol class="talk">${lines.map((line) => lineOf(visit, { requestId, words }, line))}</ol></section>`}
${pagerOf(visit, { page: shown, pages: pages.length + 1 })}`
  return { title, section: 'requests', place: `requests/${requestId}`, body }
}
