import { formatDay, formatTime } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Board } from '#features/board/board.ts'
import { pageOfWork } from '#features/worklist/open-work.ts'
import { html, type Markup } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'
import { monthName, waitInWords } from './board-words.ts'

/** A centre of hundreds makes a page that a phone waits for. */
const peopleOnPage = 40

/** How the territories of a supervisor are doing. Every number opens what stands behind it. `page`: of its people, from 0. */
export const boardPage = (visit: Visit, board: Board, page = 0): Page => {
  const { say, now, deps } = visit
  const title = say.label('console.sections.board')
  const day = formatDay(say, { instant: now, timeZone: deps.region.timeZone, now })
  const body = html`<h1>${title}</h1><p class="note">${say.label('consoleBoard.at', { day, time: formatTime(now, deps.region.timeZone) })}</p>
${tiles(visit, board)}
${waiting(visit, board)}
${stages(visit, board)}
${load(visit, board, page)}
${months(visit, board)}
${answers(visit, board)}`
  return { title, section: 'board', live: true, body }
}

const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0)

const tiles = ({ say }: Visit, { stages: all, notVisited, waiting: { total: waits } }: Board): Markup => {
  const tile = (path: string, key: string, count: number, kind: string | null = null) =>
    html`<li${kind !== null && count > 0 && html` class="${kind}"`}><a href="${path}"><b>${count}</b> ${say.label(`consoleBoard.${key}`, { count })}</a></li>`
  return html`<ul class="tiles">${tile('/console/board#stages', 'overdue', total(all.map(({ overdue }) => overdue)), 'overdue')}
${tile('/console/board/not-visited', 'notVisited', notVisited, 'overdue')}
${tile('/console/board/waiting', 'waiting', waits)}
${tile('/console/board#stages', 'near', total(all.map(({ near }) => near)))}</ul>`
}

const waiting = (visit: Visit, { waiting: { longest, total: all } }: Board): Markup | null => {
  const { say, now } = visit
  if (longest.length === 0) return null
  const rows = longest.map(
    (one) =>
      html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${one.id}">${say.label('console.requestNumber', { number: one.number })}</a> · ${territoryName(visit, one.territory)}</p><p class="why">${waitInWords(say, now.getTime() - one.since.getTime())}</p></li>`,
  )
  return html`<section><h2>${say.label('consoleBoard.waitingLongest')}</h2><ul class="rows">${rows}</ul>
${all > longest.length && html`<p><a href="/console/board/waiting">${say.label('consoleBoard.allWaiting', { count: all })}</a></p>`}</section>`
}

/** A number that opens; zero opens nothing. */
const figure = (path: string, count: number, label: string, kind = ''): Markup =>
  html`<td class="figure ${kind}" data-label="${label}">${count === 0 ? '0' : html`<a href="${path}">${count}</a>`}</td>`

const tableOf = (caption: string, heads: readonly string[], rows: readonly Markup[]): Markup =>
  html`<div class="wide"><table class="people figures"><caption class="hidden">${caption}</caption><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`

const stages = (visit: Visit, { stages: all }: Board): Markup => {
  const { say, deps } = visit
  const heads = ['stage', 'families', 'nearTerms', 'overdueTerms'].map((key) =>
    say.label(`consoleBoard.${key}`),
  )
  const [, families = '', near = '', overdue = ''] = heads
  const rows = all.map((one) => {
    const at = `stage=${encodeURIComponent(one.stage)}`
    return html`<tr><th scope="row">${optionLabel(say, deps.region.code, 'stages', one.stage)}</th>
${figure(`/console/board/families?${at}`, one.families, families)}${figure(`/console/board/terms?${at}&show=near`, one.near, near)}${figure(`/console/board/terms?${at}&show=overdue`, one.overdue, overdue, one.overdue > 0 ? 'full' : '')}</tr>`
  })
  const title = say.label('consoleBoard.stages')
  return html`<section id="stages"><h2>${title}</h2>${all.length === 0 ? html`<p>${say.label('consoleBoard.noFamilies')}</p>` : tableOf(title, heads, rows)}</section>`
}

const load = (visit: Visit, { load: all }: Board, asked: number): Markup => {
  const { say } = visit
  const shown = pageOfWork(all, asked, peopleOnPage)
  const heads = ['person', 'requests', 'families', 'visitsThisWeek'].map((key) =>
    say.label(`consoleBoard.${key}`),
  )
  const [, requests = '', families = '', visits = ''] = heads
  const rows = shown.items.map(({ member, load: one }) => {
    const full = member.capacity !== null && one.requests >= member.capacity && one.requests > 0
    const of = `of=${member.id}`
    const room =
      member.capacity === null
        ? null
        : html` <small>${say.label('consoleBoard.ofCapacity', { count: member.capacity })}</small>`
    return html`<tr><th scope="row"><a href="/console/staff/${member.id}">${member.name}</a> <span class="note">${say.label(`staff.roles.${member.role}`)}</span></th>
<td class="figure ${full ? 'full' : ''}" data-label="${requests}">${one.requests === 0 ? '0' : html`<a href="/console/board/requests?${of}">${one.requests}</a>`}${room}</td>
${figure(`/console/board/families?${of}`, one.families, families)}${figure(`/console/board/visits?${of}&week=1`, one.visits, visits)}</tr>`
  })
  const title = say.label('consoleBoard.load')
  // «Из» is explained where it stands.
  const limited = all.some(({ member }) => member.capacity !== null)
  return html`<section><h2>${title}</h2>${tableOf(title, heads, rows)}${pagerOf(visit, shown)}<p class="note">${limited && html`${say.label('consoleBoard.capacityNote')} `}${say.label('consoleBoard.loadNote')}</p></section>`
}

const months = (visit: Visit, { months: all }: Board): Markup => {
  const { say } = visit
  const title = say.label('consoleBoard.months')
  const heads = ['month', 'share', 'inTime', 'late', 'missing'].map((key) => say.label(`consoleBoard.${key}`))
  const [, share = '', inTime = '', late = '', missing = ''] = heads
  const rows = all.map((one) => {
    const ended = one.inTime + one.late + one.missing
    const percent = Math.round((100 * one.inTime) / ended)
    const to = (outcome: string) => `/console/board/ended?month=${one.month}&outcome=${outcome}`
    return html`<tr><th scope="row">${monthName(say, one.month)}</th>
<td data-label="${share}"><meter min="0" max="100" low="70" optimum="100" value="${percent}">${percent}%</meter> <span class="percent">${percent}%</span></td>
${figure(to('inTime'), one.inTime, inTime)}${figure(to('late'), one.late, late)}${figure(to('missing'), one.missing, missing, one.missing > 0 ? 'full' : '')}</tr>`
  })
  return html`<section><h2>${title}</h2>${all.length === 0 ? html`<p>${say.label('consoleBoard.noMonths')}</p>` : tableOf(title, heads, rows)}<p class="note">${say.label('consoleBoard.monthsNote')}</p></section>`
}

const answers = ({ say }: Visit, { answers: all }: Board): Markup => {
  const title = say.label('consoleBoard.answers')
  const heads = ['month', 'came', 'taken', 'half', 'most'].map((key) => say.label(`consoleBoard.${key}`))
  const [, came = '', taken = '', half = '', most = ''] = heads
  const time = (minutes: number | null, label: string) =>
    html`<td class="figure" data-label="${label}">${minutes === null ? '–' : waitInWords(say, minutes * 60_000)}</td>`
  const rows = all.map(
    (one) =>
      html`<tr><th scope="row">${monthName(say, one.month)}</th>${figure(`/console/board/answers?month=${one.month}`, one.came, came)}<td class="figure" data-label="${taken}">${one.taken}</td>${time(one.half, half)}${time(one.most, most)}</tr>`,
  )
  return html`<section><h2>${title}</h2>${all.length === 0 ? html`<p>${say.label('consoleBoard.noRequests')}</p>` : tableOf(title, heads, rows)}<p class="note">${say.label('consoleBoard.answersNote')}</p></section>`
}
