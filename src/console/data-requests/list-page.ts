import { formatDayUntil } from '#core/dates.ts'
import type { Listed } from '#features/data-requests/data-requests-for-staff.ts'
import { isAdministrator } from '#features/staff/administrators.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Page, Visit } from '../visit.ts'

/** The register: open requests by their term, or those that are closed. */
export const dataRequestsPage = (
  visit: Visit,
  { requests, open }: { requests: readonly Listed[]; open: boolean },
): Page => {
  const { say } = visit
  const title = say.label('consoleDataRequests.title')
  const other = open ? 'closed' : 'open'
  const body = html`<h1>${title}</h1>
<p class="note">${say.label('consoleDataRequests.about')}</p>
<p><a class="button" href="/console/data-requests/new">${say.label('consoleDataRequests.newButton')}</a> <a href="/console/data-requests?show=${other}">${say.label(`consoleDataRequests.${other}Link`)}</a>${isAdministrator(visit.staff) && html` · <a href="/console/data-requests/acts">${say.label('consoleDataRequests.acts')}</a>`}</p>
<section><h2>${say.label(open ? 'consoleDataRequests.openTitle' : 'consoleDataRequests.closedTitle')}</h2>
${requests.length === 0 ? html`<p>${say.label('consoleDataRequests.none')}</p>` : html`<ul class="rows">${requests.map((one) => rowOf(visit, one))}</ul>`}</section>`
  return { title, section: 'data', body }
}

/** One of the register: what is asked, and until when. */
export const rowOf = (visit: Visit, one: Listed): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const until = formatDayUntil(say, { instant: one.dueAt, timeZone, now })
  const state = one.closedAt
    ? say.label(`consoleDataRequests.outcomes.${one.outcome ?? 'done'}`)
    : say.label(one.overdue ? 'consoleDataRequests.overdue' : 'consoleDataRequests.until', { until })
  return html`<li class="row"><p><a href="/console/data-requests/${one.id}">№ ${one.number}</a> · ${say.label(`consoleDataRequests.kinds.${one.kind}`)}<br>
<span class="why">${one.overdue && html`<b class="urgent">${say.label('consoleDataRequests.late')}</b> `}${state}${one.restrictedAt && html` · ${say.label('consoleDataRequests.restricted')}`}</span></p></li>`
}
