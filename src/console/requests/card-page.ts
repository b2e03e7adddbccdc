import { html, type Markup } from '#http/markup.ts'
import type { Page, Visit } from '../visit.ts'
import { contactPart, nextStep, noteForm, otherActs, overseeForm, writeForm } from './card-acts.ts'
import { historyMarkup } from './card-history.ts'
import { factsOf, safetyOf, stateOf, titleOf } from './card-head.ts'
import { answersOf, decisionMarkup, notesOf, talkOf } from './card-words.ts'
import type { Card } from './load-card.ts'

/** One request: what has to be known first, who has it, what it says, and what can be done. `ready`: what stands in the form to the family. */
export const cardPage = (visit: Visit, card: Card, ready: string | null = null): Page => {
  const { say } = visit
  const { request, history } = card
  const title = titleOf(visit, request)
  const body = html`<p class="note crumb"><a href="/console/requests">${say.label('console.sections.requests')}</a></p>
<h1>${title}</h1>
${safetyOf(visit, request)}
<div class="card">
<section class="what"><h2 class="hidden">${say.label('consoleRequests.atOnce')}</h2>${stateOf(visit, card)}${factsOf(visit, card)}
<div class="do">${nextStep(visit, card)}${otherActs(visit, card)}</div></section>
<div class="words">${overseeForm(visit, card)}${decisionMarkup(visit, card)}${wordsOf(visit, card, ready)}</div>
<div class="beside">${contactPart(visit, card)}${notesPart(visit, card)}${historyMarkup(visit, history)}</div>
</div>`
  return { title, section: 'requests', live: true, place: `requests/${request.id}`, body }
}

const wordsOf = (visit: Visit, card: Card, ready: string | null): Markup | null => {
  const { say } = visit
  const { request, words, opening } = card
  const { id: requestId } = request
  if (words)
    return html`${answersOf(visit, { requestId, words })}
<section id="talk"><h2>${say.label('consoleRequests.talk')}</h2>${talkOf(visit, { requestId, words })}${writeForm(visit, card, ready)}</section>`
  if (request.erased) return null
  if (opening === 'offered')
    return html`<section><h2>${say.label('consoleRequests.story')}</h2><p>${say.label(`consoleRequests.offered.${request.status === 'submitted' ? 'elsewhere' : 'over'}`)}</p>
<a class="next" href="/console/requests/${requestId}?show=words">${say.label('consoleRequests.showWords')}</a></section>`
  return opening === 'kept' ? html`<p class="note">${say.label('consoleRequests.kept')}</p>` : null
}

const notesPart = (visit: Visit, card: Card): Markup | null => {
  const { request, words } = card
  const notes = words && notesOf(visit, { requestId: request.id, words })
  const form = noteForm(visit, card)
  if (!notes && !form) return null
  return html`<section id="notes"><h2>${visit.say.label('consoleRequests.notes')}</h2>${notes}${form}</section>`
}
