import { html, type Markup } from '#http/markup.ts'
import { longestName } from '#features/territories/change-territories.ts'
import { isAdministrator } from '#features/staff/administrators.ts'
import type { LeftInTerritory, StoredTerritory } from '#storage/territories/territories.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

const nameInputs = ({ say }: Visit, name: { ru: string; en: string }): Markup =>
  html`<label>${say.label('consoleSettings.territories.ru')}<input name="ru" value="${name.ru}" maxlength="${longestName}" required></label>
<label>${say.label('consoleSettings.territories.en')}<input name="en" value="${name.en}" maxlength="${longestName}" required></label>`

export const territoriesPage = (visit: Visit, all: readonly StoredTerritory[]): Page => {
  const { say } = visit
  const may = isAdministrator(visit.staff)
  const rows = all.map(
    ({
      code,
      name,
      retiredAt,
    }) => html`<li class="row"><p><b>${name[say.language]}</b>${retiredAt && html` <span class="state">${say.label('consoleSettings.territories.retired')}</span>`}<br><span class="why"><code>${code}</code></span></p>
${may && !retiredAt && html`<a class="next" href="/console/settings/territories/${code}">${say.label('consoleSettings.change')}</a>`}</li>`,
  )
  const inside = html`<div class="fields"><label>${say.label('consoleSettings.territories.code')}<input name="code" required maxlength="64" pattern="[a-z]+(-[a-z0-9]+)*" aria-describedby="code-note"></label>
${nameInputs(visit, { ru: '', en: '' })}</div><p class="note" id="code-note">${say.label('consoleSettings.territories.codeNote')}</p><button>${say.label('consoleSettings.territories.add')}</button>`
  const body = html`<p>${say.label('consoleSettings.territories.how')}</p><ul class="rows">${rows}</ul>
${may && html`<section><h2>${say.label('consoleSettings.territories.add')}</h2>${formTo(visit, '/console/settings/territories', inside)}</section>`}`
  return settingsPage(visit, 'territories', { body })
}

/** One of them: its names, and its end. */
export const territoryPage = (
  visit: Visit,
  { one, others, left }: { one: StoredTerritory; others: readonly StoredTerritory[]; left: LeftInTerritory },
): Page => {
  const { say } = visit
  const at = `/console/settings/territories/${one.code}`
  const empty = left.staff.length + left.requests + left.families === 0
  const successors = others.map(
    ({ code, name }) => html`<option value="${code}">${name[say.language]}</option>`,
  )
  const rename = html`<div class="fields">${nameInputs(visit, one.name)}</div><button>${say.label('consoleStaff.save')}</button>`
  const retire = html`<label>${say.label('consoleSettings.territories.successor')}<select name="successor"${!empty && html` required`}><option value="">${say.label('consoleSettings.territories.nobody')}</option>${successors}</select></label>
<p class="note">${say.label(empty ? 'consoleSettings.territories.empty' : 'consoleSettings.territories.left', { staff: left.staff.length, requests: left.requests, families: left.families })}</p>
<button class="danger">${say.label('consoleSettings.territories.retire')}</button>`
  const body = html`<section><h2>${say.label('consoleSettings.territories.names')}</h2>${formTo(visit, at, rename)}</section>
<section><h2>${say.label('consoleSettings.territories.end')}</h2>${others.length === 0 ? html`<p>${say.label('consoleSettings.territories.last')}</p>` : formTo(visit, `${at}/retire`, retire)}</section>`
  return settingsPage(visit, 'territories', { title: one.name[say.language], body })
}
