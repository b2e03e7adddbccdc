import {
  type UnansweredLine,
  type UnansweredList,
  unansweredForStaff,
} from '#features/consents/unanswered-for-staff.ts'
import { html, type Markup } from '#http/markup.ts'
import { type Console, page } from '../routes.ts'
import type { Page, Visit } from '../visit.ts'
import { dayOfIso } from '../words.ts'

const path = '/console/unanswered-consents'

/** Who has not answered a new wording of the consent, with the term by which staff ask. */
export const registerUnanswered = (console: Console): void => {
  page(console, path, { for: ['supervisor'] }, async (visit) => {
    const { deps, staff, now } = visit
    const asked = { region: deps.region, consents: deps.consents() }
    return unansweredPage(visit, await unansweredForStaff(deps.database, asked, { staff, now }))
  })
}

const unansweredPage = (visit: Visit, { lines, more }: UnansweredList): Page => {
  const { say } = visit
  const title = say.label('consoleConsents.unanswered.title')
  const body = html`<h1>${title}</h1><p class="note">${say.label('consoleConsents.unanswered.about')}</p>
<section>${lines.length === 0 ? html`<p>${say.label('consoleConsents.unanswered.none')}</p>` : html`<ul class="rows">${lines.map((one) => rowOf(visit, one))}</ul>`}
${more && html`<p class="note">${say.label('consoleConsents.unanswered.more')}</p>`}</section>`
  return { title, section: 'today', body }
}

const rowOf = (visit: Visit, one: UnansweredLine): Markup => {
  const { say } = visit
  const { of, id, number, role, overdue } = one
  const [to, called] =
    of === 'family'
      ? [`/console/families/${id}/consents`, say.label('console.familyNumber', { number })]
      : [`/console/requests/${id}`, say.label('console.requestNumber', { number })]
  const values = { day: dayOfIso(visit, one.until), version: one.version }
  return html`<li class="row"><p><a href="${to}">${called}</a> · ${say.label(`consoleConsents.unanswered.who.${role}`)}<br>
<span class="why">${overdue && html`<b class="urgent">${say.label('special.late')}</b> `}${say.label('consoleConsents.unanswered.until', values)}</span></p></li>`
}

/** How many, on «Мой день»; the number opens the list. Null: everybody has answered. */
export const unansweredPart = (visit: Visit, { lines, more }: UnansweredList): Markup | null => {
  const [first] = lines
  if (!first) return null
  const { say } = visit
  const count = more ? `${lines.length}+` : String(lines.length)
  return html`<section id="unanswered"><h2>${say.label('consoleConsents.unanswered.title')}</h2>
<p><a class="next" href="${path}"><b>${count}</b> ${say.label('consoleConsents.unanswered.open')}</a></p>
<p class="note">${say.label('consoleConsents.unanswered.today', { day: dayOfIso(visit, first.until) })}</p></section>`
}
