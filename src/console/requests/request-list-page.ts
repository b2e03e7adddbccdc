import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { needLine } from '#dialogue/worklist/need-view.ts'
import type { RequestWork, WorkPage } from '#features/worklist/open-work.ts'
import { html, type Markup } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'

type Listed = RequestWork & { holder: string | null }

/** Open requests by what they need. */
export const requestListPage = (visit: Visit, found: WorkPage<Listed>): Page => {
  const { say } = visit
  const title = say.label('console.sections.requests')
  const body = html`<h1>${title}</h1>
${found.total === 0 ? html`<p>${say.label('console.requests.none')}</p>` : html`<ul class="rows">${found.items.map((one) => rowOf(visit, one))}</ul>`}
${pagerOf(visit, found)}`
  return { title, section: 'requests', live: true, body }
}

const rowOf = ({ say, deps, now }: Visit, one: Listed): Markup => {
  const { region } = deps
  const place = (list: string, code: string) => optionLabel(say, region.code, list, code)
  const why = { markup: needLine(say, one, { region, now }) ?? '' }
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${one.id}">${say.label('console.requestNumber', { number: one.number })}</a> · ${place('territory', one.territory)} · ${place('stages', one.stage)}<br><span class="why">${why}</span></p>
<p class="note">${one.holder ?? say.label('console.requests.nobody')}</p></li>`
}
