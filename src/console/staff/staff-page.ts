import type { StaffInReach } from '#features/staff/staff-for-supervisor.ts'
import { html, type Markup } from '#http/markup.ts'
import { buttonTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { photoPart } from './photo-part.ts'
import { absenceInWords, hoursInWords, stateOf, territoryNames } from './staff-words.ts'

/** A member of staff: who they are, what they have, and what can be done; `photoProblem`: why a photo was not taken. */
export const staffPage = (visit: Visit, one: StaffInReach, photoProblem?: string): Page => {
  const { say } = visit
  const { member, self } = one
  const now = one.absences.find(({ from }) => from <= visit.now)
  const state = stateOf(visit, member, now?.until ?? null)
  const at = `/console/staff/${member.id}`
  const body = html`<p><a href="/console/staff">${say.label('consoleStaff.toAll')}</a></p>
<h1>${member.name}</h1>
<p>${say.label(`staff.roles.${member.role}`)}${member.administers && `, ${say.label('consoleStaff.administrator')}`}${self && html` · ${say.label('consoleStaff.itIsYou')}`}${state !== null && html` · <span class="state">${state}</span>`}</p>
${member.active ? html`<p class="actions"><a class="next strong" href="${at}/edit">${say.label('consoleStaff.edit')}</a><a class="next" href="${at}/absence">${say.label('consoleStaff.addAbsence')}</a></p>` : null}
${factsOf(visit, one)}
${workOf(visit, one)}
${member.active ? absencesOf(visit, one) : null}
${photoPart(visit, one, photoProblem)}
${accessOf(visit, one)}`
  return { title: member.name, section: 'staff', body }
}

const factsOf = (visit: Visit, { member }: StaffInReach): Markup => {
  const { say } = visit
  const fact = (key: string, value: string) =>
    html`<dt>${say.label(`consoleStaff.${key}`)}</dt><dd>${value}</dd>`
  const languages = member.languages.map((code) => say.label(`consoleStaff.languageNames.${code}`)).join(', ')
  return html`<section><h2>${say.label('consoleStaff.facts')}</h2><dl class="facts">
${fact('territories', territoryNames(visit, member.territories))}
${fact('dutyHours', hoursInWords(say, member.dutyHours))}
${fact('languages', languages)}
${fact('minorsTrained', say.label(member.minorsTrained ? 'consoleStaff.yes' : 'consoleStaff.no'))}
${fact('capacity', member.capacity === null ? say.label('consoleStaff.noLimit') : `${member.capacity}`)}</dl></section>`
}

const workOf = ({ say, staff }: Visit, { member, work }: StaffInReach): Markup => {
  const { requests, families, visits } = work
  const nothing = requests.length + families.length + visits.length === 0
  if (nothing)
    return html`<section><h2>${say.label('consoleStaff.work')}</h2><p>${say.label('consoleStaff.noWork')}</p></section>`
  const to = (path: string, key: string, count: number) =>
    count > 0 &&
    html`<li><a href="${path}"><b>${count}</b> ${say.label(`consoleStaff.${key}`, { count })}</a></li>`
  const given = families.length > 0 && member.id !== staff.id
  return html`<section><h2>${say.label('consoleStaff.work')}</h2><ul class="tiles">
${to(`/console/board/requests?of=${member.id}`, 'openRequests', requests.length)}
${to(`/console/board/families?of=${member.id}`, 'ledFamilies', families.length)}
${to(`/console/board/visits?of=${member.id}`, 'visitsAhead', visits.length)}</ul>
${given && html`<p><a class="next" href="/console/staff/${member.id}/hand-over">${say.label('consoleStaff.handFamilies')}</a></p>`}</section>`
}

const absencesOf = (visit: Visit, { member, absences }: StaffInReach): Markup => {
  const { say } = visit
  const rows = absences.map(
    (one) => html`<li class="row"><p>${absenceInWords(visit, one)}</p>
${buttonTo(visit, `/console/staff/${member.id}/absences/${one.id}/end`, say.label(one.from <= visit.now ? 'consoleStaff.endAbsence' : 'consoleStaff.dropAbsence'), 'quiet')}</li>`,
  )
  return html`<section><h2>${say.label('consoleStaff.absencesOf')}</h2>
${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : html`<p>${say.label('consoleStaff.noAbsences')}</p>`}</section>`
}

const accessOf = ({ say }: Visit, { member, work, self, manages }: StaffInReach): Markup | null => {
  const at = `/console/staff/${member.id}`
  const { active, personId } = member
  const left = work.requests.length + work.families.length + work.visits.length > 0
  const offered: { path: string; key: string; for: boolean }[] = [
    {
      path: `${at}/link`,
      key: personId === null ? 'newLink' : 'lostPhone',
      for: active && !self && (personId !== null || manages),
    },
    { path: `${at}/end-access`, key: 'endAccess', for: active && personId !== null },
    { path: `${at}/leaving`, key: active ? 'leaving' : 'leftWork', for: manages && (active || left) },
  ]
  const shown = offered.filter((one) => one.for)
  if (shown.length === 0) return null
  return html`<section><h2>${say.label('consoleStaff.access')}</h2><ul class="rows">${shown.map(
    ({ path, key }) =>
      html`<li class="row"><p>${say.label(`consoleStaff.${key}Why`)}</p><a class="next" href="${path}">${say.label(`consoleStaff.${key}`)}</a></li>`,
  )}</ul></section>`
}
