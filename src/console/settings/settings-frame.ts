import { isAdministrator } from '#features/staff/administrators.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Page, Visit } from '../visit.ts'

/** The parts of the settings in the order of their navigation; `administrators`: not there for other supervisors. */
export const settingsParts = {
  organisation: { administrators: false },
  territories: { administrators: false },
  words: { administrators: false },
  replies: { administrators: false },
  places: { administrators: false },
  surveys: { administrators: false },
  days: { administrators: false },
  keys: { administrators: true },
  webhooks: { administrators: true },
  audit: { administrators: true },
} as const

export type SettingsPart = keyof typeof settingsParts

const partsFor = (visit: Pick<Visit, 'staff'>): SettingsPart[] =>
  (Object.keys(settingsParts) as SettingsPart[]).filter(
    (name) => !settingsParts[name].administrators || isAdministrator(visit.staff),
  )

/** A page of the settings beside their navigation. */
export const settingsPage = (
  visit: Visit,
  part: SettingsPart,
  { title, body, live }: { title?: string; body: Markup; live?: true },
): Page => {
  const { say } = visit
  const name = say.label(`consoleSettings.parts.${part}`)
  const links = partsFor(visit).map(
    (one) =>
      html`<li><a href="/console/settings/${one}"${one === part && html` aria-current="page"`}>${say.label(`consoleSettings.parts.${one}`)}</a></li>`,
  )
  return {
    title: title ?? name,
    section: 'settings',
    ...(live && { live }),
    body: html`<nav class="parts" aria-label="${say.label('console.sections.settings')}"><ul>${links}</ul></nav>
<h1>${title ?? name}</h1>${body}`,
  }
}
