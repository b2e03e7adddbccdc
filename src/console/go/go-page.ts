import { html, type Markup } from '#http/markup.ts'
import type { Act, SectionName } from '../sections.ts'
import { sections, sectionsOf } from '../sections.ts'
import type { Page, Visit } from '../visit.ts'

type Places = {
  served: ReadonlySet<SectionName>
  acts: readonly Act[]
  requests: readonly { id: string; number: string }[]
  families: readonly { id: string; number: number }[]
}

/** The keys of the console, in the order of their use. */
const keys = ['go', 'find', 'keys', 'close'] as const

/** «Перейти», and which keys there are. */
export const goPage = ({ say, staff }: Visit, { served, acts, requests, families }: Places): Page => {
  const title = say.label('consoleGo.title')
  const places: [string, string][] = [
    ...sectionsOf(staff.role, served).map((name): [string, string] => [
      sections[name].path,
      say.label(`console.sections.${name}`),
    ]),
    ...acts
      .filter(({ for: roles }) => roles.includes(staff.role))
      .map(({ path, label }): [string, string] => [path, say.label(label)]),
    ...requests.map(({ id, number }): [string, string] => [
      `/console/requests/${id}`,
      say.label('console.requestNumber', { number }),
    ]),
    ...families.map(({ id, number }): [string, string] => [
      `/console/families/${id}`,
      say.label('console.familyNumber', { number }),
    ]),
  ]
  const body = html`<h1>${title}</h1>
<div id="go"><label class="go" hidden>${say.label('consoleGo.filter')}<input type="search" maxlength="100" autocomplete="off"></label>
<ul class="go">${places.map(([path, label]) => html`<li><a href="${path}">${label}</a></li>`)}</ul></div>
<section id="keys"><h2>${say.label('consoleGo.keys')}</h2><dl class="keys">${keys.map((key) => keyRow(say, key))}</dl></section>`
  return { title, section: null, aside: true, body }
}

const keyRow = (say: Visit['say'], key: (typeof keys)[number]): Markup =>
  html`<div><dt><kbd>${say.label(`consoleGo.key.${key}.press`)}</kbd></dt><dd>${say.label(`consoleGo.key.${key}.does`)}</dd></div>`
