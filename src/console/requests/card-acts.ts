import { addresseeOf } from '#dialogue/requests/staff-case-view.ts'
import type { Case } from '#features/requests/cases.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { whomToTell } from '../mentions.ts'
import type { Visit } from '../visit.ts'
import type { Card } from './load-card.ts'

const isMine = ({ staff }: Visit, { status, claimedBy }: Case): boolean =>
  status === 'claimed' && claimedBy?.id === staff.id

/** The next step, which stands out; null: it is not the reader's. */
export const nextStep = (visit: Visit, card: Card): Markup | null => {
  const { say } = visit
  const { request, promisedAt } = card
  const to = `/console/requests/${request.id}`
  const link = (path: string, label: string) => html`<a class="next main" href="${path}">${label}</a>`
  if (!request.concerns) return null
  if (request.checkOpen) return link(`${to}/check`, say.label('case.checkButton'))
  if (request.status === 'submitted') return buttonTo(visit, `${to}/claim`, say.label('case.take'))
  if (!isMine(visit, request)) return null
  if (promisedAt === null) return link(`${to}/decide`, say.label('act.decideButton'))
  return request.source === 'bot'
    ? link('#write', say.label('consoleRequests.acts.answer'))
    : link(`${to}/contact`, say.label('consoleRequests.contact.show'))
}

/** What else the reader may do. */
export const otherActs = (visit: Visit, card: Card): Markup | null => {
  const { say } = visit
  const { request, opening, promisedAt } = card
  const { id, rights, urgent, mayPassOn } = request
  const mine = isMine(visit, request)
  const to = `/console/requests/${id}`
  const link = (path: string, label: string) =>
    html`<li><a class="next" href="${to}${path}">${label}</a></li>`
  const acts = [
    mine && promisedAt !== null && link('/decide', say.label('act.decideButton')),
    mine &&
      (request.callable || request.source !== 'bot') &&
      html`<li>${buttonTo(visit, `${to}/called`, say.label(request.callable ? 'case.calledButton' : 'case.metButton'), 'quiet')}</li>`,
    rights.has('decide') && link('/stage', say.label('act.stageButton')),
    urgent &&
      mayPassOn &&
      (mine || request.status === 'submitted') &&
      link('/calm', say.label('case.notUrgent')),
    mayPassOn && link('/pass', say.label('case.pass')),
    rights.has('give') && opening !== 'reason' && link('/give', say.label('act.giveButton')),
    rights.has('give') && opening !== 'reason' && link('/merge', say.label('consoleMerge.link')),
    (opening === 'shown' || opening === 'offered') &&
      request.applicant !== 'other-person' &&
      !request.erased &&
      link('/papers', say.label('consoleConsents.ofRequest')),
    ...separations(visit, card),
  ].filter((act) => act !== false)
  return acts.length === 0
    ? null
    : html`<ul class="acts" aria-label="${say.label('consoleRequests.otherActs')}">${acts}</ul>`
}

/** What was merged into it just now can be taken out again. */
const separations = (visit: Visit, { request, separable }: Card): Markup[] =>
  separable.map(
    ({ id, number }) =>
      html`<li>${buttonTo(visit, `/console/requests/${request.id}/separate/${id}`, visit.say.label('consoleMerge.separate', { number }), 'quiet')}</li>`,
  )

const contactOpen = ({ status, checkOpen }: Case): boolean =>
  status === 'submitted' || status === 'claimed' || checkOpen

/** Name and phone are masked: a look is audited. */
export const contactPart = ({ say }: Visit, { request, opening }: Card): Markup | null =>
  contactOpen(request) && (opening === 'shown' || opening === 'offered')
    ? html`<section id="contact"><h2>${say.label('case.contact')}</h2><p class="masked" aria-hidden="true">••••••••</p>
<a class="next" href="/console/requests/${request.id}/contact">${say.label('consoleRequests.contact.show')}</a></section>`
    : null

/** The words to the family: who reads them, and whether they are told. Null: it is not the reader's, or nobody would read it. */
export const writeForm = (visit: Visit, { request }: Card, ready: string | null): Markup | null => {
  const { say } = visit
  const { id, source, silent } = request
  if (!isMine(visit, request)) return null
  if (source !== 'bot') return html`<p class="note">${told(say, 'act.callerReads')}</p>`
  const whom = addresseeOf(request)
  const fields = html`<label for="write">${say.label(`consoleRequests.write.${whom}`)}</label>
<textarea id="write" name="text" rows="4" maxlength="4000" required>${ready}</textarea>
<p class="note"><a href="/console/requests/${id}/replies">${say.label('console.ready.title')}</a></p>
<p class="note">${say.label(silent ? 'consoleRequests.write.silent' : `consoleRequests.write.then.${whom}`)}</p>
<button>${say.label('consoleRequests.write.send')}</button>`
  return formTo(visit, `/console/requests/${id}/write`, fields, {
    id: 'write-form',
    draft: `request-${id}`,
    'hx-morph-skip': 'true',
  })
}

/** A note that only staff read, and which colleagues are told of it. */
export const noteForm = (visit: Visit, { request, colleagues }: Card): Markup | null => {
  const { say } = visit
  const { id, rights } = request
  if (!rights.has('note')) return null
  const fields = html`<label for="jot">${say.label('consoleRequests.jot.label')}</label>
<textarea id="jot" name="note" rows="2" maxlength="4000" required></textarea>
${whomToTell(visit, colleagues)}<button class="quiet">${say.label('consoleRequests.jot.send')}</button>`
  return formTo(visit, `/console/requests/${id}/note`, fields, {
    id: 'note-form',
    draft: `request-note-${id}`,
    'hx-morph-skip': 'true',
  })
}

/** A supervisor says why they open what somebody else has taken. */
export const overseeForm = (visit: Visit, { request, opening }: Card): Markup | null => {
  const { say } = visit
  if (opening !== 'reason') return null
  const fields = html`<label for="why">${say.label('consoleRequests.oversee.label')}</label>
<textarea id="why" name="reason" rows="2" maxlength="300" required></textarea>
<button>${say.label('worklist.oversee.button')}</button>`
  return html`<section id="oversee"><h2>${say.label('consoleRequests.oversee.title')}</h2><p>${say.label('consoleRequests.oversee.text')}</p>
${formTo(visit, `/console/requests/${request.id}/oversee`, fields, { id: 'oversee-form', 'hx-morph-skip': 'true' })}</section>`
}
