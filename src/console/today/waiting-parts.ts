import { formatDay, formatDayUntil, formatTime } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { DayAtDesk } from '#features/worklist/day-at-desk.ts'
import { html, type Markup } from '#http/markup.ts'
import { buttonTo } from '../form-markup.ts'
import type { Visit } from '../visit.ts'

// What nobody has in hand yet, each with the one step that changes it.

/** Requests that nobody has taken. */
export const waitingPart = (visit: Visit, { items, total }: DayAtDesk['waiting']): Markup | null => {
  if (total === 0) return null
  const { say, deps, now } = visit
  const { timeZone, code } = deps.region
  const row = ({ id, number, urgent, territory, submittedAt, assignedTo }: (typeof items)[number]) => {
    const when = `${formatDay(say, { instant: submittedAt, timeZone, now })}, ${formatTime(submittedAt, timeZone)}`
    return html`<li class="row"><p>${urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${id}">${say.label('console.requestNumber', { number })}</a> · ${optionLabel(say, code, 'territory', territory)}<br>
<span class="why">${when}${assignedTo !== null && html` · ${assignedTo.name}`}</span></p>
${buttonTo(visit, `/console/requests/${id}/claim`, say.label('console.today.claim'), 'main', number)}</li>`
  }
  const rest = total - items.length
  return html`<section id="waiting"><h2>${say.label('console.today.waiting')}</h2>
<ul class="rows">${items.map(row)}</ul>
${rest > 0 && html`<p><a href="/console/requests?view=waiting">${say.label('console.today.rest', { number: rest })}</a></p>`}</section>`
}

/** Families that nobody curates, and visits that nobody will make. */
export const orphansPart = (
  { say, deps, staff, now }: Visit,
  { families, visits }: DayAtDesk['orphans'],
): Markup | null => {
  if (families.length + visits.length === 0) return null
  const { timeZone } = deps.region
  const gives = staff.role === 'supervisor'
  const next = (familyId: string, number: number) =>
    html`<a class="next" href="/console/families/${familyId}${gives ? '/give' : ''}">${say.label(gives ? 'console.today.give' : 'console.today.open')}<span class="hidden"> ${say.label('console.familyNumber', { number })}</span></a>`
  const mostShown = 20
  const rest = families.length + visits.length - mostShown
  const rows = [
    ...families.map(
      ({ id, number }) =>
        html`<li class="row"><p>${say.label('console.familyNumber', { number })}<br><span class="why">${say.label('console.today.noCurator')}</span></p>${next(id, number)}</li>`,
    ),
    ...visits.map(({ familyId, number, startsAt }) => {
      const day = formatDay(say, { instant: startsAt, timeZone, now })
      const when = say.label('console.today.visitOf', { day, time: formatTime(startsAt, timeZone) })
      return html`<li class="row"><p>${say.label('console.familyNumber', { number })}<br><span class="why">${when}</span></p>${next(familyId, number)}</li>`
    }),
  ]
  return html`<section id="orphans"><h2>${say.label('console.today.orphans')}</h2>
<ul class="rows">${rows.slice(0, mostShown)}</ul>
${rest > 0 && html`<p class="note">${say.label('console.today.rest', { number: rest })}</p>`}</section>`
}

/** Who asked for a word from somebody other than their curator. */
export const rescuesPart = (visit: Visit, rescues: DayAtDesk['rescues']): Markup | null => {
  if (rescues.length === 0) return null
  const { say, deps, now } = visit
  const row = ({ id, familyId, familyNumber: number, dueAt }: (typeof rescues)[number]) => {
    const until = formatDayUntil(say, { instant: dueAt, timeZone: deps.region.timeZone, now })
    return html`<li class="row"><p><a href="/console/families/${familyId}#talk">${say.label('console.familyNumber', { number })}</a><br>
<span class="why">${say.label(dueAt < now ? 'console.today.wordLate' : 'console.today.wordUntil', { until })}</span></p>
${buttonTo(visit, `/console/rescues/${id}/answered`, say.label('console.today.answered'), 'quiet', say.label('console.familyNumber', { number }))}</li>`
  }
  return html`<section id="rescues"><h2>${say.label('console.today.rescues')}</h2>
<ul class="rows">${rescues.map(row)}</ul></section>`
}
