import { formatDay } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { Family } from '#storage/families/families.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import type { Page, Visit } from '../visit.ts'

export type FoundHit = { kind: 'request'; request: RequestSummary } | { kind: 'family'; family: Family }

/** What was found, by number and state: no name, as everywhere in lists. */
export const foundPage = (
  visit: Visit,
  { text, hits, more }: { text: string; hits: readonly FoundHit[]; more: boolean },
): Page => {
  const { say } = visit
  const title = say.label('consoleFind.title')
  const families = hits.filter((one) => one.kind === 'family')
  const requests = hits.filter((one) => one.kind === 'request')
  const part = (heading: string, rows: readonly Markup[]) =>
    rows.length > 0 && html`<section><h2>${heading}</h2><ul class="rows">${rows}</ul></section>`
  const body = html`<h1>${title}</h1>
${text !== '' && html`<p class="note">${say.label('consoleFind.asked', { text })}</p>`}
${hits.length === 0 && html`<p>${say.label(text === '' ? 'consoleFind.ask' : 'worklist.find.nothing')}</p>`}
${part(
  say.label('console.sections.families'),
  families.map(({ family }) => familyRow(visit, family)),
)}
${part(
  say.label('console.sections.requests'),
  requests.map(({ request }) => requestRow(visit, request)),
)}
${more && html`<p>${told(say, 'worklist.find.tooMany')}</p>`}`
  return { title, section: null, body }
}

const requestRow = ({ say, deps, now }: Visit, request: RequestSummary): Markup => {
  const { region } = deps
  const { timeZone } = region
  const place = optionLabel(say, region.code, 'territory', request.territory)
  const day = formatDay(say, { instant: request.submittedAt, timeZone, now })
  const status = say.label(`worklist.find.status.${request.status}`)
  return html`<li class="row"><p>${request.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${request.id}">${say.label('console.requestNumber', { number: request.number })}</a> · ${status}<br><span class="why">${place} · ${say.label('consoleRequests.cameOn', { day })}</span></p>
<a class="next" href="/console/requests/${request.id}">${say.label('console.today.open')}</a></li>`
}

const familyRow = ({ say, deps }: Visit, family: Family): Markup => {
  const { code } = deps.region
  const place = optionLabel(say, code, 'territory', family.territory)
  const stage =
    family.status === 'active'
      ? optionLabel(say, code, 'stages', family.stage)
      : say.label('consoleFind.ended')
  return html`<li class="row"><p><a href="/console/families/${family.id}">${say.label('console.familyNumber', { number: family.number })}</a><br><span class="why">${place} · ${stage}</span></p>
<a class="next" href="/console/families/${family.id}">${say.label('console.today.open')}</a></li>`
}
