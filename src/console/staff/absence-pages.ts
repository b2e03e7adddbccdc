import { formatShortDay, formatTime } from '#core/dates.ts'
import { absenceTouches, type StaffInReach } from '#features/staff/staff-for-supervisor.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { absenceInWords } from './staff-words.ts'

/** Days as they were typed, and the span that they are. */
export type Asked = { from: string; until: string; span: { from: Date; until: Date } | null }

/** When somebody will not be there: first the days, then what happens to their work, then the last word. */
export const absencePage = (visit: Visit, one: StaffInReach, asked: Asked | null): Page => {
  const { say } = visit
  const { member } = one
  const title = say.label('consoleStaff.absenceOf', { name: member.name })
  const at = `/console/staff/${member.id}/absence`
  const body = html`<p><a href="/console/staff/${member.id}">${member.name}</a></p><h1>${title}</h1>
<section><h2>${say.label('consoleStaff.absenceDays')}</h2><form method="get" action="${at}">
${asked && !asked.span && html`<div class="problem" role="alert"><p>${say.label('consoleStaff.wrongDays')}</p></div>`}
<div class="fields"><label>${say.label('consoleStaff.absenceFrom')}<input type="date" name="from" value="${asked?.from ?? ''}" required></label>
<label>${say.label('consoleStaff.absenceUntil')}<input type="date" name="until" value="${asked?.until ?? ''}" required></label></div>
<button${asked?.span && html` class="quiet"`}>${say.label('consoleStaff.whatHappens')}</button></form></section>
${asked?.span && whatHappens(visit, one, { ...asked, span: asked.span })}`
  return { title, section: 'staff', body }
}

/** A list that nobody reads to its end is counted. */
const mostShown = 20

const whatHappens = (
  visit: Visit,
  one: StaffInReach,
  { from, until, span }: Asked & { span: { from: Date; until: Date } },
): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const { requests, families, visits } = absenceTouches(one, span)
  const missed = visits.slice(0, mostShown).map(({ id, startsAt }) => {
    const moment = { instant: startsAt, timeZone, now }
    return html`<li><a href="/console/visits/${id}">${formatShortDay(say, moment)}, ${formatTime(startsAt, timeZone)}</a></li>`
  })
  const inside = html`<input type="hidden" name="from" value="${from}"><input type="hidden" name="until" value="${until}"><button>${say.label('consoleStaff.absenceYes')}</button>`
  return html`<section><h2>${say.label('consoleStaff.whatHappensTitle', { span: absenceInWords(visit, span) })}</h2><ul>
<li>${requests === 0 ? say.label('consoleStaff.absenceNoRequests') : say.label('consoleStaff.absenceRequests', { count: requests })}</li>
<li>${families === 0 ? say.label('consoleStaff.absenceNoFamilies') : say.label('consoleStaff.absenceFamilies', { count: families })}</li>
<li>${visits.length === 0 ? say.label('consoleStaff.absenceNoVisits') : say.label('consoleStaff.absenceVisits', { count: visits.length })}</li></ul>
${missed.length > 0 && html`<ul>${missed}</ul>`}${visits.length > mostShown && html`<p class="note">${say.label('consoleStaff.andMore', { count: visits.length - mostShown })}</p>`}
${formTo(visit, `/console/staff/${one.member.id}/absence`, inside)}</section>`
}

export type AbsenceDay = {
  /** ISO. */
  day: string
  start: Date
  off: boolean
  today: boolean
  away: readonly { staffId: string; name: string }[]
}

type Month = {
  days: readonly AbsenceDay[]
  firstWeekday: number
  month: string
  before: string
  after: string
}

/** Who is away on each day of a month. */
export const absenceMonthPage = (visit: Visit, { days, firstWeekday, month, before, after }: Month): Page => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const title = say.label('consoleStaff.absences')
  const name = monthName(visit, month)
  const cells = days.map(({ start, off, today, away }) => {
    const kinds = [off && 'off', today && 'today', away.length === 0 && 'empty'].filter(Boolean).join(' ')
    const people = away.map(
      ({ staffId, name: who }) => html`<li><a href="/console/staff/${staffId}">${who}</a></li>`,
    )
    return html`<li class="${kinds}"><span class="date"${today && html` aria-current="date"`}>${formatShortDay(say, { instant: start, timeZone, now })}</span>${off && html` <span class="note">${say.label('consoleStaff.off')}</span>`}${people.length > 0 && html`<ul>${people}</ul>`}</li>`
  })
  const to = (at: string, key: string, rel: string) =>
    html`<a rel="${rel}" href="/console/staff/absences?month=${at}">${say.label(`consoleStaff.${key}`)}</a>`
  const nobody = days.every(({ away }) => away.length === 0)
  const body = html`<p><a href="/console/staff">${say.label('consoleStaff.toAll')}</a></p><h1>${title}</h1>
<nav class="pager" aria-label="${say.label('consoleStaff.months')}">${to(before, 'monthBefore', 'prev')}<h2>${name}</h2>${to(after, 'monthAfter', 'next')}</nav>
${nobody && html`<p>${say.label('consoleStaff.nobodyAway')}</p>`}
<ol class="month starts-${firstWeekday}">${cells}</ol>
<p class="note">${say.label('consoleStaff.monthNote')}</p>`
  return { title: `${title}, ${name}`, section: 'staff', body }
}

const monthName = ({ say }: Visit, month: string): string =>
  new Intl.DateTimeFormat(say.language === 'en' ? 'en-GB' : 'ru-RU', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(new Date(`${month}-15T00:00:00Z`))
    .replace(/\sг\.$/u, '')
