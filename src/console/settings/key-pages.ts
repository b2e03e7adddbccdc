import { formatDay } from '#core/dates.ts'
import { defaultKeyDays, mostKeyDays } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { html, type Markup } from '#http/markup.ts'
import type { ApiKey } from '#storage/staff/api-keys.ts'
import { formTo } from '../form-markup.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'
import { type SettingsPart, settingsPage } from './settings-frame.ts'

const day = ({ say, deps, now }: Visit, instant: Date): string =>
  formatDay(say, { instant, timeZone: deps.region.timeZone, now })

/** Keys of the centre's systems: those in force first. */
export const keysPage = (visit: Visit, keys: readonly ApiKey[]): Page => {
  const { say, now } = visit
  const open = (key: ApiKey) => key.revokedAt === null && key.expiresAt > now
  const rows = keys
    .toSorted((a, b) => Number(open(b)) - Number(open(a)))
    .map((key) => {
      const where =
        key.territories.length === 0
          ? say.label('consoleSettings.keys.everywhere')
          : key.territories.map((code) => territoryName(visit, code)).join('; ')
      const state = key.revokedAt
        ? say.label('consoleSettings.keys.revoked', { day: day(visit, key.revokedAt) })
        : say.label(open(key) ? 'consoleSettings.keys.until' : 'consoleSettings.keys.expired', {
            day: day(visit, key.expiresAt),
          })
      const used = key.lastUsedAt
        ? say.label('consoleSettings.keys.used', { day: day(visit, key.lastUsedAt) })
        : say.label('consoleSettings.keys.unused')
      return html`<li class="row"><p><b>${key.name}</b> · ${state}<br><span class="why">${where} · ${used}<br>${key.scopes.join(', ')}</span></p>
${open(key) && html`<a class="next" href="/console/settings/keys/${key.id}/revoke">${say.label('consoleSettings.keys.revoke')}</a>`}</li>`
    })
  const body = html`<p>${say.label('consoleSettings.keys.how')}</p><p class="actions"><a class="next strong" href="/console/settings/keys/new">${say.label('consoleSettings.keys.add')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleSettings.keys.none')}</p>` : html`<ul class="rows">${rows}</ul>`}`
  return settingsPage(visit, 'keys', { body })
}

export type KeyTyped = {
  name: string
  scopes: readonly string[]
  territories: readonly string[]
  days: string
}

export const newKeyPage = (visit: Visit, typed: KeyTyped | null, problem: string | null = null): Page => {
  const { say, deps } = visit
  const drawn = typed ?? { name: '', scopes: [], territories: [], days: `${defaultKeyDays}` }
  const box = (name: string, value: string, label: string | Markup, on: boolean) =>
    html`<label class="choice"><input type="checkbox" name="${name}" value="${value}"${on && html` checked`}> <span>${label}</span></label>`
  const inside = html`${problem !== null && html`<div class="problem" role="alert"><p>${problem}</p></div>`}
<div class="fields"><label>${say.label('consoleSettings.keys.name')}<input name="name" value="${drawn.name}" maxlength="100" required autocomplete="off"></label>
<label>${say.label('consoleSettings.keys.days')}<input name="days" value="${drawn.days}" inputmode="numeric" pattern="[0-9]{1,4}" required></label></div>
<p class="note">${say.label('consoleSettings.keys.daysNote', { most: mostKeyDays })}</p>
<fieldset><legend>${say.label('consoleSettings.keys.scopes')}</legend><div class="choices">${scopes.map((one) => box('scopes', one, html`<code>${one}</code><br><small>${say.label(`consoleSettings.scopes.${one.replace(':', '-')}`)}</small>`, drawn.scopes.includes(one)))}</div></fieldset>
<fieldset><legend>${say.label('consoleSettings.keys.territories')}</legend><div class="choices">${deps.region.territories.map(({ code }) => box('territories', code, territoryName(visit, code), drawn.territories.includes(code)))}</div></fieldset>
<button>${say.label('consoleSettings.keys.make')}</button>`
  const body = html`<p class="note">${say.label('consoleSettings.keys.least')}</p><section>${formTo(visit, '/console/settings/keys', inside)}</section>`
  return settingsPage(visit, 'keys', { title: say.label('consoleSettings.keys.add'), body })
}

/** A secret that is shown now and never again. */
export const secretPage = (
  visit: Visit,
  { part, title, secret, back }: { part: 'keys' | 'webhooks'; title: string; secret: string; back: string },
): Page => {
  const { say } = visit
  const body = html`<section><p>${say.label('consoleSettings.secretOnce')}</p>
<label>${say.label(`consoleSettings.${part}.secret`)}<input class="secret" value="${secret}" readonly></label></section>
<p><a class="next strong" href="${back}">${say.label('consoleSettings.secretTaken')}</a></p>`
  return settingsPage(visit, part, { title, body })
}

/** A dangerous act of the settings, asked once more. */
export const askSettingsPage = (
  visit: Visit,
  given: {
    part: SettingsPart
    title: string
    what: string
    yes: string
    action: string
    back: string
  },
): Page => {
  const button = html`<button class="danger">${given.yes}</button>`
  const body = html`<section><p>${given.what}</p><div class="actions">${formTo(visit, given.action, button)}<a class="next" href="${given.back}">${visit.say.label('consoleStaff.cancel')}</a></div></section>`
  return settingsPage(visit, given.part, { title: given.title, body })
}
