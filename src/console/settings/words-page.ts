import type { DangerSettings } from '#features/danger/danger-settings.ts'
import { dangerKinds } from '#features/danger/danger-kinds.ts'
import { isAdministrator } from '#features/staff/administrators.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

type Drafts = { words?: string; problem?: string }

/** The centre's own words of danger, and the switches of the built-in list. */
export const wordsPage = (visit: Visit, settings: DangerSettings, drafts: Drafts = {}): Page => {
  const { say } = visit
  const may = isAdministrator(visit.staff)
  const body = html`<p>${say.label('consoleSettings.words.how')}</p>
${!may && html`<p class="note">${say.label('consoleSettings.forAdministrators')}</p>`}
${drafts.problem !== undefined && html`<div class="problem" role="alert"><p>${drafts.problem}</p></div>`}
${ownWords(visit, settings, { may, ...drafts })}
${builtIn(visit, settings, may)}`
  return settingsPage(visit, 'words', { body })
}

const ownWords = (
  visit: Visit,
  { words, mark }: DangerSettings,
  { may, words: typed }: Drafts & { may: boolean },
): Markup => {
  const { say } = visit
  const heading = html`<h2>${say.label('consoleSettings.words.own')}</h2>`
  if (!may)
    return html`<section>${heading}${words.length === 0 ? html`<p>${say.label('consoleSettings.words.none')}</p>` : html`<p>${words.join(', ')}</p>`}</section>`
  const inside = html`<input type="hidden" name="mark" value="${mark}">
<label>${say.label('consoleSettings.words.oneALine')}<textarea name="words" rows="10" maxlength="25000">${typed ?? words.join('\n')}</textarea></label>
<p class="note">${say.label('consoleSettings.words.note')}</p><button>${say.label('consoleStaff.save')}</button>`
  return html`<section>${heading}${formTo(visit, '/console/settings/words', inside)}</section>`
}

const builtIn = (visit: Visit, { entries, mark }: DangerSettings, may: boolean): Markup => {
  const { say } = visit
  const groups = dangerKinds.map((kind) => {
    const own = entries.filter((one) => one.kind === kind)
    const off = own.filter(({ on }) => !on).length
    const boxes = own.map(
      ({ id, level, on }) =>
        html`<label class="choice"><input type="checkbox" name="on" value="${id}"${on && html` checked`}${!may && html` disabled`}> <span><code>${id.slice(kind.length + 1)}</code> <small>${say.label(`consoleSettings.words.levels.${level}`)}</small></span></label>`,
    )
    return html`<details><summary>${say.label(`consoleSettings.words.kinds.${kind}`)} <span class="note">${say.label('consoleSettings.words.count', { count: own.length })}${off > 0 && html`, <b>${say.label('consoleSettings.words.off', { count: off })}</b>`}</span></summary><div class="choices">${boxes}</div></details>`
  })
  const inside = html`<input type="hidden" name="mark" value="${mark}">${groups}${may && html`<button>${say.label('consoleSettings.words.saveSwitches')}</button>`}`
  return html`<section><h2>${say.label('consoleSettings.words.builtIn')}</h2><p class="note">${say.label('consoleSettings.words.builtInNote')}</p>
${may ? formTo(visit, '/console/settings/words/switches', inside) : inside}</section>`
}
