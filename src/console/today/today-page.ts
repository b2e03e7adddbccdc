import { formatDay, formatTime } from '#core/dates.ts'
import { needLine } from '#dialogue/worklist/need-view.ts'
import type { UnansweredList } from '#features/consents/unanswered-for-staff.ts'
import type { Agenda, AgendaPart, AgendaVisit } from '#features/worklist/agenda.ts'
import type { DayAtDesk } from '#features/worklist/day-at-desk.ts'
import type { FamilyWork, RequestWork } from '#features/worklist/open-work.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { buttonTo } from '../form-markup.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Page, Visit } from '../visit.ts'
import { unansweredPart } from '../consents/unanswered-page.ts'
import { dataRequestsPart } from './data-requests-part.ts'
import { incomingPart } from './incoming-part.ts'
import { orphansPart, rescuesPart, waitingPart } from './waiting-parts.ts'

const rest = ['unread', 'soon', 'still'] as const satisfies readonly AgendaPart[]
const parts = ['overdue', ...rest] as const

/** The day of a member of staff: what presses first, then the visits, then the rest. */
export const todayPage = (visit: Visit, facts: DayAtDesk & { unanswered: UnansweredList }): Page => {
  const { agenda, waiting, orphans, rescues, dataRequests, incoming, unanswered } = facts
  const { say, staff, now, deps } = visit
  const day = formatDay(say, { instant: now, timeZone: deps.region.timeZone, now })
  const title = say.label('console.today.title')
  const heading = html`<h1>${title}</h1><p class="note">${say.label('console.today.for', { day, name: staff.name })}</p>`
  const others = [
    rescuesPart(visit, rescues),
    dataRequestsPart(visit, dataRequests),
    waitingPart(visit, waiting),
    incomingPart(visit, incoming),
    orphansPart(visit, orphans),
    unansweredPart(visit, unanswered),
  ]
  const urgentFirst = agenda ? rest.filter((part) => isUrgent(agenda[part])) : []
  const calm = !agenda && others.every((one) => one === null)
  const body = html`${heading}
${calm && html`<section class="calm"><p>${say.label('console.today.calm')}</p></section>`}
${agenda && html`${tiles(visit, agenda)}${['overdue' as const, ...urgentFirst].map((part) => partOf(visit, part, agenda[part]))}`}
${others[0]}${agenda && visits(visit, agenda)}${others.slice(1)}
${agenda && rest.filter((part) => !urgentFirst.includes(part)).map((part) => partOf(visit, part, agenda[part]))}`
  return { title, section: 'today', live: true, body }
}

/** Somebody may be in danger: that stands before what nobody has taken. */
const isUrgent = ({ requests, families }: Agenda[AgendaPart]): boolean =>
  [...requests, ...families].some(({ urgent }) => urgent)

const tiles = ({ say }: Visit, agenda: Agenda): Markup => {
  const of = (part: AgendaPart) => agenda[part].requests.length + agenda[part].families.length
  const shown = parts.filter((part) => of(part) > 0)
  return html`<ul class="tiles">${shown.map((part) => html`<li class="${part}"><a href="#${part}"><b>${of(part)}</b> ${say.label(`console.today.${part}`)}</a></li>`)}
${agenda.visits.length > 0 && html`<li><a href="#visits"><b>${agenda.visits.length}</b> ${say.label('console.today.visits')}</a></li>`}</ul>`
}

/** The hours that the line of the day shows, unless a visit is earlier or later. */
const usual = { from: 9, until: 18 }

const visits = ({ say, deps, now }: Visit, { visits, unmarked }: Agenda): Markup | null => {
  if (visits.length + unmarked === 0) return null
  const { timeZone } = deps.region
  const hour = (at: Date) => {
    const [hours = 0, minutes = 0] = formatTime(at, timeZone).split(':').map(Number)
    return hours + minutes / 60
  }
  const from = Math.min(usual.from, ...visits.map(({ startsAt }) => Math.floor(hour(startsAt))))
  const until = Math.max(usual.until, ...visits.map(({ startsAt }) => Math.ceil(hour(startsAt)) + 1))
  const place = (at: Date) => Math.round(((hour(at) - from) / (until - from)) * 1000)
  const marks = visits.map(({ startsAt }) => html`<circle cx="${place(startsAt)}" cy="20" r="9"/>`)
  const hours = Array.from({ length: until - from + 1 }, (_, index) => from + index)
  const scale = hours.map((one) => {
    const x = Math.round(((one - from) / (until - from)) * 1000)
    return html`<line x1="${x}" x2="${x}" y1="14" y2="26"/>`
  })
  const nowAt = place(now)
  const line = html`<svg class="day" viewBox="-20 0 1040 40" aria-hidden="true" preserveAspectRatio="none"><line x1="0" x2="1000" y1="20" y2="20"/>${scale}${nowAt >= 0 && nowAt <= 1000 && html`<line class="now" x1="${nowAt}" x2="${nowAt}" y1="4" y2="36"/>`}${marks}</svg>`
  const row = ({ id, startsAt, familyNumber }: AgendaVisit) =>
    html`<li class="row"><p><b>${formatTime(startsAt, timeZone)}</b> ${say.label('console.familyNumber', { number: familyNumber })}</p>
<a class="next" href="/console/visits/${id}">${say.label('console.today.openVisit')}</a></li>`
  return html`<section id="visits"><h2>${say.label('console.today.visits')}</h2>${visits.length > 0 && line}
<ul class="rows">${visits.map(row)}</ul>
${unmarked > 0 && html`<p>${told(say, 'worklist.home.unmarked', { number: unmarked })} <a href="/console/calendar?show=unmarked">${say.label('console.today.mark')}</a></p>`}</section>`
}

const partOf = (
  visit: Visit,
  part: AgendaPart,
  { requests, families }: { requests: RequestWork[]; families: FamilyWork[] },
): Markup | null => {
  if (requests.length + families.length === 0) return null
  return html`<section id="${part}" class="${part}"><h2>${visit.say.label(`console.today.${part}`)}</h2>
<ul class="rows">${requests.map((one) => requestRow(visit, one))}${families.map((one) => familyRow(visit, one))}</ul></section>`
}

const why = ({ say, deps, now }: Visit, one: Parameters<typeof needLine>[1]): Markup => ({
  markup: needLine(say, one, { region: deps.region, now }) ?? '',
})

const requestRow = (visit: Visit, one: RequestWork): Markup => {
  const { say, deps } = visit
  const place = optionLabel(say, deps.region.code, 'territory', one.territory)
  const open = html`<a class="next" href="/console/requests/${one.id}">${say.label('console.today.open')}</a>`
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${one.id}">${say.label('console.requestNumber', { number: one.number })}</a> · ${place}<br><span class="why">${why(visit, one)}</span></p>
${one.status === 'submitted' ? buttonTo(visit, `/console/requests/${one.id}/claim`, say.label('console.today.claim')) : open}</li>`
}

const familyRow = (visit: Visit, one: FamilyWork): Markup => {
  const { say } = visit
  const next = one.unread ? `/console/families/${one.id}#talk` : `/console/families/${one.id}`
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/families/${one.id}">${say.label('console.familyNumber', { number: one.number })}</a><br><span class="why">${why(visit, one)}</span></p>
<a class="next" href="${next}">${say.label(one.unread ? 'console.today.answer' : 'console.today.open')}</a></li>`
}
