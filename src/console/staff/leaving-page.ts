import type { StaffInReach } from '#features/staff/staff-for-supervisor.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { territoryName } from './staff-words.ts'

export type LeavingTaker = { id: string; name: string; absent: boolean; has: number }

type Facts = { one: StaffInReach; takers: readonly LeavingTaker[]; to: string | null }

/** The end of somebody's work here, in three steps: what they have, who takes it, and the last word. */
export const leavingPage = (visit: Visit, { one, takers, to }: Facts): Page => {
  const { say } = visit
  const { member } = one
  const title = say.label(member.active ? 'consoleStaff.leavingOf' : 'consoleStaff.leftWorkOf', {
    name: member.name,
  })
  const body = html`<p><a href="/console/staff/${member.id}">${member.name}</a></p><h1>${title}</h1>
${whatTheyHave(visit, one)}
${to === null ? whoTakes(visit, { one, takers }) : lastWord(visit, { one, takers, to })}`
  return { title, section: 'staff', body }
}

const whatTheyHave = (visit: Visit, { work }: StaffInReach): Markup => {
  const { say } = visit
  const { requests, families, visits, uncovered } = work
  const line = (key: string, count: number) => html`<li>${say.label(`consoleStaff.${key}`, { count })}</li>`
  return html`<section><h2>${say.label('consoleStaff.leavingHas')}</h2><ul>
${line('leavingRequests', requests.length)}${line('leavingFamilies', families.length)}${line('leavingVisits', visits.length)}</ul>
${uncovered.length > 0 && html`<p class="problem">${say.label('consoleStaff.uncovered', { territories: uncovered.map((code) => territoryName(visit, code)).join('; ') })}</p>`}</section>`
}

const nothingToGive = ({ work }: StaffInReach): boolean => work.families.length + work.visits.length === 0

/** Choosing sends nothing: the form leads to the next step. */
const whoTakes = ({ say }: Visit, { one, takers }: Omit<Facts, 'to'>): Markup => {
  const at = `/console/staff/${one.member.id}/leaving`
  if (nothingToGive(one))
    return html`<p><a class="next strong" href="${at}?to=evenly">${say.label('consoleStaff.goOn')}</a></p>`
  const choice = (value: string, label: string, checked = false) =>
    html`<label class="choice"><input type="radio" name="to" value="${value}" required${checked && html` checked`}> <span>${label}</span></label>`
  const others = takers.map(({ id, name, absent, has }) =>
    choice(id, say.label(absent ? 'consoleStaff.takerAway' : 'consoleStaff.taker', { name, count: has })),
  )
  return html`<section><h2>${say.label('consoleStaff.whoTakes')}</h2><form method="get" action="${at}">
<fieldset><legend>${say.label('consoleStaff.whoTakesNote')}</legend>${choice('evenly', say.label('consoleStaff.evenly'), true)}${others}</fieldset>
<button>${say.label('consoleStaff.goOn')}</button></form></section>`
}

const lastWord = (visit: Visit, { one, takers, to }: Facts & { to: string }): Markup => {
  const { say } = visit
  const at = `/console/staff/${one.member.id}/leaving`
  const taker = takers.find(({ id }) => id === to)
  const whom = taker
    ? say.label('consoleStaff.allTo', { name: taker.name })
    : say.label('consoleStaff.allEvenly')
  const inside = html`<input type="hidden" name="to" value="${taker ? taker.id : 'evenly'}"><button class="danger">${say.label(one.member.active ? 'consoleStaff.leavingYes' : 'consoleStaff.leftWorkYes')}</button>`
  return html`<section><h2>${say.label('consoleStaff.leavingWhat')}</h2><ul>
${one.member.active ? html`<li>${say.label('consoleStaff.leavingAccess')}</li>` : null}<li>${say.label('consoleStaff.leavingRule')}</li>
${!nothingToGive(one) && html`<li>${whom}</li><li>${say.label('consoleStaff.leavingTold')}</li>`}</ul>
<div class="actions">${formTo(visit, at, inside)}<a class="next" href="${nothingToGive(one) ? `/console/staff/${one.member.id}` : at}">${say.label('consoleStaff.back')}</a></div></section>`
}
