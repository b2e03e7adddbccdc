import { formatDay, formatMonth } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { needLine } from '#dialogue/worklist/need-view.ts'
import { nextActOf } from '#features/worklist/next-act.ts'
import {
  isOver,
  type ListedWork,
  type RequestFilter,
  type RequestList,
} from '#features/worklist/request-list.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { mostOver } from '#storage/worklist/requests-of-staff.ts'
import { buttonTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { filterLinks, viewTabs } from './list-filters.ts'

/** More messages that wait are not counted. */
export const mostCounted = 9

/** The requests that the reader may open, by a filter that is a link. */
export const requestListPage = (
  visit: Visit,
  found: RequestList,
  { filter, incoming }: { filter: RequestFilter; incoming: number },
): Page => {
  const { say } = visit
  const title = say.label('console.sections.requests')
  const facts = { ...found, filter }
  const narrowed = filter.urgent || filter.overdue || filter.territory || filter.source || filter.kind
  const none = say.label(narrowed ? 'consoleRequests.noneFits' : `consoleRequests.none.${filter.view}`)
  const cut = isOver(filter.view) && found.total >= mostOver && found.page === found.pages - 1
  const body = html`<div class="heading"><h1>${title}</h1><a class="next" href="/console/incoming">${say.label('consoleIncoming.title')}${incoming > 0 && html` <span class="count">${incoming > mostCounted ? `${mostCounted}+` : incoming}</span>`}</a><a class="next" href="/console/requests/new">${say.label('consoleRequests.new')}</a></div>
${viewTabs(visit, facts)}
${filterLinks(visit, facts)}
${found.total === 0 ? html`<p class="none">${none}</p>` : html`<ul class="rows requests">${found.items.map((one) => rowOf(visit, one))}</ul>`}
${pagerOf(visit, found)}
${cut && html`<p class="note">${say.label('consoleRequests.cut', { most: mostOver })}</p>`}`
  return { title, section: 'requests', live: true, body }
}

const rowOf = (visit: Visit, one: ListedWork): Markup => {
  const { say, deps } = visit
  const { region } = deps
  const place = (list: string, code: string) => optionLabel(say, region.code, list, code)
  const facts = [
    place('territory', one.territory),
    !one.erased && say.label(`case.applicants.${one.applicant}`),
    !one.erased && one.source !== 'bot' && say.label(`consoleRequests.sources.${one.source}`),
  ].filter((fact) => fact !== false)
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${one.id}">${one.number}</a> · ${facts.join(' · ')}<br><span class="why">${whyOf(visit, one)}</span></p>
<p class="note">${stateOf(visit, one)}</p>
${actOf(visit, one)}</li>`
}

/** What presses; of what does not, its stage. */
const whyOf = ({ say, deps, now }: Visit, one: ListedWork): Markup | null => {
  const { region } = deps
  if (one.checkOpen) return told(say, 'case.status.check')
  const { timeZone } = region
  if (one.erased)
    return told(say, 'case.erasedMonth', { month: formatMonth(say, { instant: one.submittedAt, timeZone }) })
  const pressing = needLine(say, one, { region, now })
  if (pressing !== null) return { markup: pressing }
  const day = formatDay(say, { instant: one.submittedAt, timeZone, now })
  const stage = optionLabel(say, region.code, 'stages', one.stage)
  return html`${say.label('consoleRequests.cameOn', { day })}${one.status === 'claimed' && html` · ${stage}`}`
}

const stateOf = ({ say, staff }: Visit, one: ListedWork): string => {
  const { status, holder, holderId, outcome, checkOpen } = one
  if (status === 'closed') return closedAs(say, outcome)
  if (status === 'withdrawn' && !checkOpen) return say.label('worklist.find.status.withdrawn')
  if (holder === null) return say.label('console.requests.nobody')
  const mine = holderId === staff.id ? 'Mine' : ''
  return say.label(`consoleRequests.holder.${status === 'claimed' ? 'has' : 'waits'}${mine}`, {
    name: holder,
  })
}

/** An outcome that the product does not name any more stays «closed». */
const closedAs = (say: Visit['say'], outcome: string | null): string =>
  say.has(`consoleRequests.outcomes.${outcome}`)
    ? say.label(`consoleRequests.outcomes.${outcome}`)
    : say.label('worklist.find.status.closed')

const actOf = (visit: Visit, one: ListedWork): Markup => {
  const { say, staff } = visit
  const to = `/console/requests/${one.id}`
  const act = nextActOf(one, staff)
  const label = say.label(`consoleRequests.acts.${act}`)
  if (act === 'claim') return buttonTo(visit, `${to}/claim`, label)
  const places = { check: '#check', answer: '#talk', decide: '/decide', open: '' } as const
  return html`<a class="next" href="${to}${places[act]}">${label}</a>`
}
