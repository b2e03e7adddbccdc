import { Temporal } from 'temporal-polyfill'
import { formatShortDay, formatTime } from '#core/dates.ts'
import type { CalendarVisit, FreeWeek } from '#features/visits/calendar.ts'
import { minutesOf } from '#features/visits/visit-transitions.ts'
import { html, type Markup } from '#http/markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { firstHour, lastHour, rowsOf } from './hours.ts'
import { calendarViews, type Period } from './period.ts'

export type CalendarFacts = {
  period: Period
  visits: readonly CalendarVisit[]
  /** Of a supervisor: whose visits may be chosen, and whose are shown; null: everybody sees their own. */
  people: { staff: readonly { id: string; name: string }[]; chosen: string } | null
  /** Who has time; null unless it was asked for. */
  free: readonly FreeWeek[] | null
  /** Visits that are over, of which nobody has said whether they took place. */
  unmarked: number
}

type Query = Record<string, string>

const addressOf = (facts: CalendarFacts, changes: Query): string => {
  const { period, people } = facts
  const query = new URLSearchParams({
    view: period.view,
    date: period.days[0] ?? '',
    ...(people && { of: people.chosen }),
    ...(facts.free && { show: 'free' }),
    ...changes,
  })
  return `/console/calendar?${query}`
}

/** A week or a day of visits: a list by day, which a wide screen lays out by the hour. */
export const calendarPage = (visit: Visit, facts: CalendarFacts): Page => {
  const { say } = visit
  const { period, visits, free, unmarked } = facts
  const title = say.label('console.sections.calendar')
  const body = html`<h1>${title}</h1>
${unmarked > 0 && html`<p class="said alarm"><a href="/console/calendar?show=unmarked">${say.label('consoleCalendar.unmarked', { count: unmarked })}</a></p>`}
${toolbar(visit, facts)}
<div class="calendar ${period.view}">${hours()}${period.days.map((day) => dayOf(visit, facts, day))}</div>
${visits.some(({ clash }) => clash !== null) && html`<p class="note">${say.label('consoleCalendar.clashes')}</p>`}
${free && freePart(visit, free, period)}`
  return { title, section: 'calendar', live: true, body }
}

const toolbar = (visit: Visit, facts: CalendarFacts): Markup => {
  const { say } = visit
  const { period, people, free } = facts
  const link = (changes: Query, text: string, here = false) =>
    html`<li><a href="${addressOf(facts, changes)}"${here && html` aria-current="true"`}>${text}</a></li>`
  const views = calendarViews.map((view) =>
    link(
      { view, date: period.days.includes(period.today) ? period.today : (period.days[0] ?? '') },
      say.label(`consoleCalendar.views.${view}`),
      view === period.view,
    ),
  )
  const whose =
    people &&
    html`<form class="whose" method="get" action="/console/calendar"><input type="hidden" name="view" value="${period.view}"><input type="hidden" name="date" value="${period.days[0] ?? ''}"><label for="of">${say.label('consoleCalendar.whose')}</label><select id="of" name="of" hx-preserve><option value="all"${people.chosen === 'all' && html` selected`}>${say.label('consoleCalendar.all')}</option>${people.staff.map(({ id, name }) => html`<option value="${id}"${id === people.chosen && html` selected`}>${name}</option>`)}</select><button class="quiet">${say.label('consoleFamilies.list.show')}</button></form>`
  return html`<nav class="tabs" aria-label="${say.label('consoleCalendar.period')}"><ul>${link({ date: period.before }, say.label('consoleCalendar.before'))}${link({ date: period.today }, say.label('consoleCalendar.today'))}${link({ date: period.after }, say.label('consoleCalendar.after'))}${views}${people && link(free ? { show: 'all' } : { show: 'free' }, say.label('consoleCalendar.free'), free !== null)}</ul></nav>
${whose}<p><a class="next" href="/console/calendar/new?date=${period.days.includes(period.today) ? period.today : (period.days[0] ?? '')}">${say.label('consoleFamilies.acts.visit')}</a></p>`
}

/** A page stays small where a supervisor looks at everybody: the rest is a click, or a choice of whose, away. */
const mostShown = { week: 10, day: 80 } as const

/** Beside the columns, for eyes: each visit says its own hour. */
const hours = (): Markup =>
  html`<div class="hours" aria-hidden="true">${Array.from({ length: lastHour - firstHour }, (_, index) => html`<span>${firstHour + index}:00</span>`)}</div>`

/** Nine o'clock in UTC is that day in every zone of the regions. */
const momentIn = (day: string): Date => new Date(`${day}T09:00:00Z`)

const dayOf = (visit: Visit, facts: CalendarFacts, day: string): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const { period, visits } = facts
  const all = visits.filter(({ startsAt }) => localOf(startsAt, timeZone).date === day)
  const own = all.slice(0, mostShown[period.view])
  const rest = all.length - own.length
  const name = formatShortDay(say, { instant: momentIn(day), timeZone, now })
  const today = day === period.today
  const empty = own.length === 0 && html`<p class="note none">${say.label('consoleCalendar.none')}</p>`
  return html`<section class="day-column${own.length === 0 && html` empty`}"><h2${today && html` class="today"`}><a href="${addressOf(facts, { view: 'day', date: day })}">${name}</a>${today && html` <span class="hidden">${say.label('consoleCalendar.today')}</span>`}</h2>
<ol class="day-grid" data-day="${day}" data-from="${firstHour}" data-until="${lastHour}">${own.map((one) => visitOf(visit, facts, one))}</ol>${empty}${rest > 0 && html`<p class="note"><a href="${addressOf(facts, { view: 'day', date: day })}">${say.label('consoleCalendar.rest', { number: rest })}</a></p>`}</section>`
}

const localOf = (instant: Date, timeZone: string) => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone)
  return { date: local.toPlainDate().toString(), hour: local.hour, minute: local.minute }
}

const visitOf = (visit: Visit, { people }: CalendarFacts, one: CalendarVisit): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const { row, span } = rowsOf(localOf(one.startsAt, timeZone), minutesOf(one))
  const unmarked = one.status === 'planned' && one.endsAt <= now
  const state = unmarked ? 'unmarked' : one.status
  const said = [
    unmarked ? say.label('consoleVisits.list.unmarked') : null,
    one.status === 'planned' ? null : say.label(`staffVisit.status.${one.status}`),
    one.confirmed && !unmarked && one.status === 'planned' ? say.label('consoleCalendar.confirmed') : null,
    one.clash && say.label(`consoleCalendar.clash.${one.clash}`),
    one.audience === 'confidential' ? say.label('consoleCalendar.apart') : null,
  ].filter((part) => part !== null)
  const move = one.movable && html` data-visit="${one.id}"`
  return html`<li class="visit ${state} q${row} s${span}${one.clash && html` clash`}"${move}><a href="/console/visits/${one.id}" draggable="false"><b>${formatTime(one.startsAt, timeZone)}–${formatTime(one.endsAt, timeZone)}</b> ${say.label('console.familyNumber', { number: one.familyNumber })}${people && html`, ${one.visitor}`}</a>${said.length > 0 && html`<br><span class="why">${said.join('. ')}</span>`}</li>`
}

/** Whose week is free: visits of each day, and how many hours are left of their duty. */
const freePart = ({ say, deps, now }: Visit, free: readonly FreeWeek[], { days }: Period): Markup => {
  const { timeZone } = deps.region
  const heads = days.map((day) => formatShortDay(say, { instant: momentIn(day), timeZone, now }))
  const rows = free.map(({ name, days: week }) => {
    const cells = week.map(({ visits, hours: left, away, off }) => {
      if (off && visits === 0) return html`<span class="why">${say.label('consoleCalendar.off')}</span>`
      if (away) return say.label('consoleCalendar.away')
      return html`${say.label('consoleCalendar.left', { count: left })}${visits > 0 && html`<br><span class="why">${say.label('consoleCalendar.visits', { count: visits })}</span>`}`
    })
    return [name, ...cells]
  })
  return html`<section id="free"><h2>${say.label('consoleCalendar.free')}</h2><p class="note">${say.label('consoleCalendar.freeMeans')}</p>
${rows.length === 0 ? html`<p>${say.label('consoleCalendar.nobody')}</p>` : tableOf({ heads: [say.label('consoleFamilies.give.name'), ...heads], rows, named: true })}</section>`
}
