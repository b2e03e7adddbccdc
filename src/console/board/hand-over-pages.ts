import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { type Handable, mostAtOnce, type Previewed } from '#features/families/hand-families.ts'
import { html, type Markup } from '#http/markup.ts'
import type { HeldFamily } from '#storage/families/held-families.ts'
import type { HandOverRow } from '#storage/families/hand-overs.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'

/** Choosing: which families, and to whom. Sends nothing yet. */
export const choosePage = (visit: Visit, { member, families, takers }: Handable, problem: boolean): Page => {
  const { say } = visit
  const title = say.label('consoleBoard.handOverOf', { name: member.name })
  const at = `/console/staff/${member.id}/hand-over`
  const shown = families.slice(0, mostAtOnce)
  const rows = shown.map(
    (one) =>
      html`<label class="choice"><input type="checkbox" name="f" value="${one.number}"> <span>${familyWords(visit, one)}</span></label>`,
  )
  const taker = (value: string, label: string, checked = false) =>
    html`<label class="choice"><input type="radio" name="to" value="${value}" required${checked && html` checked`}> <span>${label}</span></label>`
  const others = takers.map(({ id, name, absent, has }) =>
    taker(id, say.label(absent ? 'consoleStaff.takerAway' : 'consoleStaff.taker', { name, count: has })),
  )
  const form = html`<form method="get" action="${at}">
${problem && html`<div class="problem" role="alert"><p>${say.label('consoleBoard.chooseFamilies')}</p></div>`}
<input type="hidden" name="check" value="1">
<fieldset><legend>${say.label('consoleBoard.whichFamilies')}</legend>
<label class="choice"><input type="checkbox" name="all" value="1"> <span><b>${say.label('consoleBoard.allFamilies', { count: shown.length })}</b></span></label>
<div class="choices">${rows}</div></fieldset>
<fieldset><legend>${say.label('consoleBoard.toWhom')}</legend>${taker('evenly', say.label('consoleStaff.evenly'), true)}${others}</fieldset>
<button>${say.label('consoleBoard.check')}</button></form>`
  const body = html`<p><a href="/console/staff/${member.id}">${member.name}</a></p><h1>${title}</h1>
${families.length === 0 ? html`<p>${say.label('consoleBoard.noFamiliesOf')}</p>` : takers.length === 0 ? html`<p class="problem">${say.label('colleagues.noTaker')}</p>` : html`<section>${form}</section>`}
${families.length > mostAtOnce && html`<p class="note">${say.label('consoleBoard.mostAtOnce', { count: mostAtOnce })}</p>`}`
  return { title, section: 'board', body }
}

const familyWords = (visit: Visit, { number, territory, stage }: HeldFamily): string => {
  const { say, deps } = visit
  return `${say.label('console.familyNumber', { number })} · ${territoryName(visit, territory)} · ${optionLabel(say, deps.region.code, 'stages', stage)}`
}

type Checked = Handable & { chosen: Previewed[]; to: string | null }

/** What is going to happen, and the last word. */
export const checkPage = (visit: Visit, { member, takers, chosen, to }: Checked): Page => {
  const { say } = visit
  const title = say.label('consoleBoard.handOverOf', { name: member.name })
  const at = `/console/staff/${member.id}/hand-over`
  const taken = chosen.filter((one) => one.taken)
  const staying = chosen.filter((one) => !one.taken)
  const taker = takers.find(({ id }) => id === to)
  const links = (all: readonly Previewed[]) =>
    html`<p>${all.map(({ family }) => html`<a href="/console/families/${family.id}">${say.label('console.familyNumber', { number: family.number })}</a> `)}</p>`
  const inside = html`<input type="hidden" name="to" value="${taker ? taker.id : 'evenly'}">${taken.map(({ family }) => html`<input type="hidden" name="f" value="${family.number}">`)}
<button>${say.label('consoleBoard.handOver', { count: taken.length })}</button>`
  const whom = taker
    ? say.label('consoleBoard.handTo', { name: taker.name })
    : say.label('consoleBoard.handEvenly')
  const body = html`<p><a href="/console/staff/${member.id}">${member.name}</a></p><h1>${title}</h1>
<section><h2>${say.label('consoleBoard.willBeGiven', { count: taken.length })}</h2>${taken.length > 0 && links(taken)}
<ul><li>${whom}</li><li>${say.label('consoleBoard.willBeTold')}</li><li>${say.label('consoleBoard.visitsGoAlong')}</li></ul></section>
${staying.length > 0 && html`<section><h2>${say.label('consoleBoard.willStay', { count: staying.length })}</h2>${links(staying)}<p class="note">${say.label(taker ? 'consoleBoard.stayWhyNamed' : 'consoleBoard.stayWhy')}</p></section>`}
<div class="actions">${taken.length > 0 && formTo(visit, at, inside)}<a class="next" href="${at}">${say.label('consoleBoard.chooseAnew')}</a></div>`
  return { title, section: 'board', body }
}

type Status = { row: HandOverRow; left: readonly HeldFamily[]; from: string; to: string | null }

/** What became of it: still to be taken back, under way, done, or taken back. */
export const handedPage = (visit: Visit, { row, left, from, to }: Status): Page => {
  const { say, now } = visit
  const whom = to === null ? say.label('consoleBoard.evenly') : to
  const state = stateOf(row, now)
  const shown = state === 'done' ? (row.given ?? 0) : row.familyIds.length
  const title = say.label(`consoleBoard.handed.${state}`, { count: shown })
  const undo: Markup | null =
    state === 'waits'
      ? html`<section><p>${say.label('consoleBoard.undoWhy')}</p>${buttonTo(visit, `/console/board/handed/${row.id}/undo`, say.label('consoleBoard.undo'), 'quiet')}</section>`
      : null
  const stayed =
    left.length > 0
      ? html`<section><h2>${say.label('consoleBoard.stayed', { count: left.length })}</h2><ul>${left.map((one) => html`<li><a href="/console/families/${one.id}">${familyWords(visit, one)}</a></li>`)}</ul></section>`
      : null
  const body = html`<h1>${title}</h1><p>${say.label('consoleBoard.fromTo', { from, to: whom })}</p>${undo}${stayed}
<p><a class="next" href="/console/staff/${row.fromId}">${from}</a></p>`
  return { title, section: 'board', live: true, body }
}

const stateOf = ({ undoneAt, endedAt, begunAt, beginsAt, given }: HandOverRow, now: Date) => {
  if (undoneAt) return 'undone'
  if (endedAt) return given === 0 ? 'none' : 'done'
  return begunAt || beginsAt <= now ? 'underWay' : 'waits'
}
