import { answerInWords } from '#dialogue/intake/summary-view.ts'
import type { Case } from '#features/requests/cases.ts'
import type { Contact } from '#features/requests/request-content.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { buttonTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { safetyOf, titleOf } from './card-head.ts'

/** How to reach whoever asked: what is not safe first. Each look is audited. */
export const contactPage = (
  visit: Visit,
  {
    request,
    contact,
    merged,
    joiner,
    account,
  }: {
    request: Case
    contact: Contact
    merged: readonly { number: string; contact: Contact }[]
    /** Who asks together with them, as they named themselves. */
    joiner: string | null
    account: string | null
  },
): Page => {
  const { say, staff } = visit
  const title = `${titleOf(visit, request)}: ${say.label('case.contact')}`
  const mine = request.status === 'claimed' && request.claimedById === staff.id
  const body = html`<p class="note crumb"><a href="/console/requests/${request.id}">${titleOf(visit, request)}</a></p><h1>${say.label('case.contact')}</h1>
${safetyOf(visit, request)}
<section>${account === null ? contactList(visit, request, contact) : html`<dl class="facts"><dt>${say.label('case.account')}</dt><dd>${account}</dd></dl>`}</section>
${merged.map((one) => html`<section><h2>${told(say, 'case.mergedFrom', { number: one.number })}</h2>${contactList(visit, request, one.contact)}</section>`)}
${joiner !== null && html`<p>${told(say, 'case.joiner', { name: joiner })}</p>`}<p class="note">${say.label('consoleRequests.contact.audited')}</p>
<div class="actions">${mine && request.callable && buttonTo(visit, `/console/requests/${request.id}/called`, say.label('case.calledButton'))}
<a class="next" href="/console/requests/${request.id}">${say.label('consoleRequests.back')}</a></div>`
  return { title, section: 'requests', place: `requests/${request.id}`, body }
}

const contactList = (visit: Visit, request: Case, contact: Contact): Markup => {
  const { say, deps } = visit
  const { parents, address } = contact
  const line = (id: 'name' | 'hours') =>
    html`<dt>${say.label(`question.${id}.short`)}</dt><dd>${{ markup: answerInWords(say, deps.region, id, contact) }}</dd>`
  return html`${parents && parents !== 'unsafe' && html`<p>${told(say, `case.parents.${parents}`)}</p>`}<dl class="facts">${contact.name && line('name')}<dt>${say.label('question.phone.short')}</dt><dd>${phoneOf(visit, { request, contact })}</dd>${contact.hours && line('hours')}${address !== undefined && html`<dt>${say.label('case.address')}</dt><dd>${address}</dd>`}</dl>`
}

/** A link that dials, unless calls are not safe. */
const phoneOf = ({ say, deps }: Visit, { request, contact }: { request: Case; contact: Contact }): Markup => {
  const { phone } = contact
  if (phone === undefined) return html`${say.label('consoleRequests.contact.noPhone')}`
  if (phone.startsWith('+') && !request.neverCall) return html`<a href="tel:${phone}">${phone}</a>`
  return { markup: answerInWords(say, deps.region, 'phone', contact) }
}
