import type { ListedStaff } from '#features/staff/staff-for-supervisor.ts'
import { pageOfWork } from '#features/worklist/open-work.ts'
import { html, type Markup } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { stateOf, territoryNames } from './staff-words.ts'

type Facts = { items: readonly ListedStaff[]; all: boolean; administers: boolean; asked: number }

const peopleOnPage = 60

/** Who works here, and how much each has in hand. */
export const staffListPage = (visit: Visit, { items, all, administers, asked }: Facts): Page => {
  const { say } = visit
  const shown = pageOfWork(items, asked, peopleOnPage)
  const title = say.label('console.sections.staff')
  const to = (path: string, key: string) =>
    html`<a class="next" href="${path}">${say.label(`consoleStaff.${key}`)}</a>`
  const body = html`<h1>${title}</h1>
<p class="actions">${administers && to('/console/staff/new', 'add')}${to('/console/staff/absences', 'absences')}${to(all ? '/console/staff' : '/console/staff?all=1', all ? 'onlyActive' : 'withLeft')}</p>
${!administers && html`<p class="note">${say.label('consoleStaff.forAdministrators')}</p>`}
${items.length === 0 ? html`<p>${say.label('colleagues.nobody')}</p>` : html`${tableOf(visit, shown.items)}${pagerOf(visit, shown)}`}`
  return { title, section: 'staff', body }
}

const tableOf = (visit: Visit, items: readonly ListedStaff[]): Markup => {
  const { say } = visit
  const head = (key: string) => html`<th scope="col">${say.label(`consoleStaff.${key}`)}</th>`
  return html`<div class="wide"><table class="people"><caption class="hidden">${say.label('console.sections.staff')}</caption>
<thead><tr>${head('name')}${head('territories')}${head('requests')}${head('families')}${head('visitsThisWeek')}</tr></thead>
<tbody>${items.map((one) => rowOf(visit, one))}</tbody></table></div>`
}

const rowOf = (visit: Visit, { member, load, absentUntil }: ListedStaff): Markup => {
  const { say } = visit
  const state = stateOf(visit, member, absentUntil)
  const capacity = member.capacity === null ? load.requests : `${load.requests} / ${member.capacity}`
  const full = member.capacity !== null && load.requests >= member.capacity && load.requests > 0
  const cell = (key: string, value: Markup | string | number, isFigure = true) =>
    html`<td${isFigure ? html` class="figure"` : null} data-label="${say.label(`consoleStaff.${key}`)}">${value}</td>`
  return html`<tr><th scope="row"><a href="/console/staff/${member.id}">${member.name}</a>
<span class="note">${say.label(`staff.roles.${member.role}`)}${member.administers && `, ${say.label('consoleStaff.administrator')}`}</span>${state !== null && html` <span class="state">${state}</span>`}</th>
${cell('territories', territoryNames(visit, member.territories), false)}
${cell('requests', full ? html`<b class="full">${capacity}</b>` : capacity)}${cell('families', load.families)}${cell('visitsThisWeek', load.visits)}</tr>`
}
