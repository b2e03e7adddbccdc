import { decisionLines } from '#dialogue/requests/decision-view.ts'
import { readerOf, unreadLine } from '#dialogue/requests/staff-act-view.ts'
import { decisionRules } from '#features/requests/decision.ts'
import { later } from '#features/requests/decision-draft.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { Page, Visit } from '../visit.ts'
import { actPage } from './act-page.ts'
import { type DecideFields, wordsIn } from './decide-fields.ts'
import type { DecideFacts } from './decide-page.ts'

/** What the family will read, word by word. From here there is no way back. */
export const confirmPage = (
  visit: Visit,
  facts: DecideFacts,
  given: DecideFields,
  wrong: Markup | null = null,
): Page => {
  const { say, staff, deps, now } = visit
  const { request, family, curators } = facts
  const { outcome, level } = given
  const by = given.by ?? decisionRules[outcome].by
  const decision = { outcome, by, words: wordsIn(given, family), at: now }
  const { region } = deps
  const { contact } = deps.organisation()
  const read = decisionLines(family, { decision, specialist: staff, contact, region, now }).filter(Boolean)
  const unread = unreadLine(say, request)
  const accepted =
    outcome === 'support-agreed' &&
    told(say, 'decide.willBe', {
      level:
        level === undefined || level === later
          ? say.label('caseload.noLevel')
          : say.label(`caseload.levels.${level}`),
      curator: curators.find(({ id }) => id === given.curator)?.name ?? say.label('decide.noCurator'),
    })
  const letter = html`<p>${told(say, `decide.willRead.${readerOf(request)}`)}</p><blockquote>${{ markup: read.join('\n\n') }}</blockquote>`
  const edit = `/console/requests/${request.id}/decide`
  const fields = html`${hidden(given)}
${accepted && html`<p class="said-words">${accepted}</p>`}
<p>${say.label('consoleRequests.decide.who')}: <b>${say.label(`consoleRequests.decide.by.${by}`)}</b></p>
${unread === null ? letter : html`<p>${{ markup: unread }}</p>`}
<p><b>${say.label('act.noWayBack')}</b></p>`
  return actPage(visit, {
    request,
    title: say.label(`decide.outcomes.${outcome}`),
    path: '/decide/done',
    rests: 'decide',
    ...(facts.typed && { typed: facts.typed }),
    fields,
    button: say.label(outcome === 'support-agreed' ? 'decide.yesAccept' : 'decide.yesClose'),
    also: html`<button class="quiet" formaction="${edit}">${say.label('consoleRequests.decide.edit')}</button>`,
    wrong,
  })
}

/** What was given goes along, to be done or changed. */
const hidden = ({ revision: _, ...given }: DecideFields): Markup[] =>
  Object.entries(given).flatMap(([name, value]) =>
    [value].flat().map((one) => html`<input type="hidden" name="${name}" value="${one}">`),
  )
