import { formatBirthDate, formatShortDay, formatTime } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { termName } from '#dialogue/worklist/need-view.ts'
import type { BoardPage } from '#features/board/board-lists.ts'
import { html, type Markup } from '#http/markup.ts'
import type {
  EndedTerm,
  ListedFamily,
  ListedVisit,
  NotVisited,
  WaitingRequest,
} from '#storage/board/board-lists.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'
import { waitInWords } from './board-words.ts'

type Shown = { title: string; note?: string; page: number; after?: Markup | null }

/** A list behind a figure of the board; `page` counts from 0. */
const listPage = (
  visit: Visit,
  { title, note, page, after }: Shown,
  rows: readonly Markup[],
  more: boolean,
): Page => {
  const { say, path } = visit
  const to = (number: number) => {
    const url = new URL(path, 'http://console')
    url.searchParams.set('page', `${number + 1}`)
    return `${url.pathname}${url.search}`
  }
  const pager =
    page > 0 || more
      ? html`<nav class="pager" aria-label="${say.label('console.pages')}">${page > 0 && html`<a rel="prev" href="${to(page - 1)}">${say.label('console.earlier')}</a>`}${more && html`<a rel="next" href="${to(page + 1)}">${say.label('console.later')}</a>`}</nav>`
      : null
  const body = html`<p><a href="/console/board">${say.label('console.sections.board')}</a></p><h1>${title}</h1>${note !== undefined && html`<p class="note">${note}</p>`}
${rows.length === 0 ? html`<p>${say.label('consoleBoard.nothing')}</p>` : html`<ul class="rows">${rows}</ul>`}${pager}${after ?? null}`
  return { title, section: 'board', live: true, body }
}

const nobody = (visit: Visit, names: ReadonlyMap<string, string>, id: string | null): string =>
  (id !== null && names.get(id)) || visit.say.label('console.requests.nobody')

const familyLink = ({ say }: Visit, { id, number }: { id: string; number: number }): Markup =>
  html`<a href="/console/families/${id}">${say.label('console.familyNumber', { number })}</a>`

export const requestsPage = (
  visit: Visit,
  shown: Shown,
  { items, more, names }: BoardPage<WaitingRequest>,
  waited: (one: WaitingRequest) => string,
): Page => {
  const { say } = visit
  const rows = items.map(
    (one) =>
      html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/requests/${one.id}">${say.label('console.requestNumber', { number: one.number })}</a> · ${territoryName(visit, one.territory)}<br><span class="why">${waited(one)}</span></p><p class="note">${nobody(visit, names, one.assignedToId)}</p></li>`,
  )
  return listPage(visit, shown, rows, more)
}

export const familiesPage = (
  visit: Visit,
  shown: Shown,
  { items, more, names }: BoardPage<ListedFamily & { stage: string }>,
): Page => {
  const { say, deps } = visit
  const rows = items.map(
    (one) =>
      html`<li class="row"><p>${familyLink(visit, one)} · ${territoryName(visit, one.territory)} · ${optionLabel(say, deps.region.code, 'stages', one.stage)}</p><p class="note">${nobody(visit, names, one.curatorId)}</p></li>`,
  )
  return listPage(visit, shown, rows, more)
}

export const notVisitedPage = (
  visit: Visit,
  shown: Shown,
  { items, more, names }: BoardPage<NotVisited>,
): Page => {
  const { say } = visit
  const rows = items.map(
    (one) =>
      html`<li class="row"><p>${familyLink(visit, one)} · ${territoryName(visit, one.territory)}<br><span class="why">${say.label('consoleBoard.fewVisits', { done: one.done, asked: one.asked })}</span></p><p class="note">${nobody(visit, names, one.curatorId)}</p></li>`,
  )
  return listPage(visit, shown, rows, more)
}

export const termsPage = (visit: Visit, shown: Shown, { items, more, names }: BoardPage<EndedTerm>): Page => {
  const { say, deps } = visit
  const rows = items.map((one) => {
    const due = say.label('consoleBoard.dueOn', { day: formatBirthDate(say, one.dueOn) })
    const met =
      one.metOn === null
        ? ''
        : ` ${say.label('consoleBoard.metOn', { day: formatBirthDate(say, one.metOn) })}`
    return html`<li class="row"><p>${familyLink(visit, one)} · ${termName(say, deps.region.code, one.code)}<br><span class="why">${due}${met}</span></p><p class="note">${nobody(visit, names, one.curatorId)}</p></li>`
  })
  return listPage(visit, shown, rows, more)
}

export const visitsPage = (visit: Visit, shown: Shown, { items, more }: BoardPage<ListedVisit>): Page => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const rows = items.map(
    (one) =>
      html`<li class="row"><p><a href="/console/visits/${one.id}">${formatShortDay(say, { instant: one.startsAt, timeZone, now })}, ${formatTime(one.startsAt, timeZone)}</a> · ${say.label('console.familyNumber', { number: one.number })}</p><p class="note">${say.label(`consoleBoard.visitStatus.${one.status === 'done' ? 'done' : 'planned'}`)}</p></li>`,
  )
  return listPage(visit, shown, rows, more)
}

export const waitedSince = ({ say, now }: Visit, { since }: WaitingRequest): string =>
  say.label('consoleBoard.waits', { time: waitInWords(say, now.getTime() - since.getTime()) })
