import type { Say } from '#core/text.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { proposalText } from '#dialogue/levels/signs-view.ts'
import { readyWords } from '#dialogue/requests/ready-words-view.ts'
import { unreadLine } from '#dialogue/requests/staff-act-view.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { proposeLevel } from '#features/levels/propose-level.ts'
import type { Case } from '#features/requests/cases.ts'
import {
  type CloseOutcome,
  closeOutcomes,
  deciders,
  decisionRules,
  longestDecisionText,
} from '#features/requests/decision.ts'
import { draftLevels, later } from '#features/requests/decision-draft.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Typed } from '../typed.ts'
import type { Page, Visit } from '../visit.ts'
import { actPage, choicesOf, textField } from './act-page.ts'
import { safetyOf, titleOf } from './card-head.ts'
import { type DecideFields, type DecideProblem, wordsOfOutcome } from './decide-fields.ts'

export type DecideFacts = {
  request: Case
  /** In which the family reads the decision. */
  family: Say
  curators: readonly { id: string; name: string }[]
  away: ReadonlySet<string>
  /** What came with the page before, if this is not the first. */
  typed?: Typed
}

/** What was decided, as four links: nothing happens yet. */
export const outcomesPage = (visit: Visit, request: Case): Page => {
  const { say } = visit
  const to = (outcome: CloseOutcome) => `/console/requests/${request.id}/decide?outcome=${outcome}`
  const title = say.label('consoleRequests.decide.title')
  const body = html`<p class="note crumb"><a href="/console/requests/${request.id}">${titleOf(visit, request)}</a></p><h1>${title}</h1>
${safetyOf(visit, request)}
<section><p>${say.label('consoleRequests.decide.first')}</p><ul class="ways">${closeOutcomes.map((one) => html`<li><a class="next" href="${to(one)}">${say.label(`decide.outcomes.${one}`)}</a><p class="note">${say.label(`consoleRequests.decide.about.${one}`)}</p></li>`)}</ul></section>`
  return { title: `${title} · ${request.number}`, section: 'requests', place: `requests/${request.id}`, body }
}

/** The form of one outcome, with what was given so far, and what of it is missing. */
export const decidePage = (
  visit: Visit,
  facts: DecideFacts,
  given: Partial<DecideFields> & Pick<DecideFields, 'outcome'>,
  problems: readonly DecideProblem[] = [],
): Page => {
  const { say } = visit
  const { request } = facts
  const { outcome } = given
  const missing = problems.map((one) => say.label(`consoleRequests.decide.problems.${one}`))
  const fields = html`<input type="hidden" name="outcome" value="${outcome}">
<p><a href="/console/requests/${request.id}/decide">${say.label('consoleRequests.decide.other')}</a></p>
${outcome === 'support-agreed' && accepting(visit, facts, given)}
${unread(say, request)}
${wordsOfOutcome(outcome).map((one) => wordField(visit, facts, given, one))}
${choicesOf(
  'by',
  say.label('consoleRequests.decide.who'),
  deciders.map((value) => ({
    value,
    label: say.label(`consoleRequests.decide.by.${value}`),
    checked: (given.by ?? decisionRules[outcome].by) === value,
  })),
)}`
  return actPage(visit, {
    request,
    title: say.label(`decide.outcomes.${outcome}`),
    path: '/decide/check',
    rests: 'decide',
    ...(facts.typed && { typed: facts.typed }),
    fields,
    button: say.label('consoleRequests.decide.check'),
    wrong:
      missing.length > 0 &&
      html`<div class="wrong" role="alert"><p>${say.label('consoleRequests.decide.missing')}</p><ul>${missing.map((one) => html`<li>${one}</li>`)}</ul></div>`,
  })
}

const unread = (say: Say, request: Case): Markup | null => {
  const markup = unreadLine(say, request)
  return markup === null ? null : html`<p class="note">${{ markup }}</p>`
}

type Given = Partial<DecideFields> & Pick<DecideFields, 'outcome'>

const accepting = (visit: Visit, { request, curators, away }: DecideFacts, given: Given): Markup => {
  const { say, deps } = visit
  const { region } = deps
  const { sign = [], level, levelReason = '', curator } = given
  const proposal = proposeLevel(region, sign)
  const levels = draftLevels.map((value) => ({
    value,
    label: value === later ? say.label('decide.levelLater') : say.label(`caseload.levels.${value}`),
    checked: level === value,
  }))
  const people = [
    ...curators.map(({ id, name }) => ({
      value: id,
      label: name,
      note: away.has(id) ? say.label('act.absent') : null,
      checked: curator === id,
    })),
    { value: later, label: say.label('decide.curatorLater'), checked: curator === later },
  ]
  return html`${region.levelSigns.length > 0 && signs(visit, request.id, sign)}
${sign.length > 0 && html`<p class="proposal">${{ markup: proposalText(say, region, proposal).replaceAll('\n', '<br>') }}</p>`}
${choicesOf('level', say.label('consoleRequests.decide.level'), levels, false)}
${sign.length > 0 && html`<label for="levelReason">${say.label('consoleRequests.decide.levelReason')}</label><textarea id="levelReason" name="levelReason" rows="2" maxlength="${longestLevelReason}">${levelReason}</textarea>`}
${choicesOf('curator', say.label('consoleRequests.decide.curator'), people, false)}`
}

/** The signs of each level, to be ticked; they propose a level, and a person decides. */
const signs = ({ say, deps }: Visit, requestId: string, ticked: readonly string[]): Markup => {
  const { levelSigns, code: region } = deps.region
  const groups = [...Map.groupBy(levelSigns, ({ level }) => level)].map(
    ([level, all]) =>
      html`<fieldset class="choices"><legend>${say.label(`caseload.levels.${level}`)}</legend>${all.map(
        ({ code }) =>
          html`<label class="choice"><input type="checkbox" name="sign" value="${code}"${ticked.includes(code) ? html` checked` : null}><span>${optionLabel(say, region, 'levelSigns', code)}</span></label>`,
      )}</fieldset>`,
  )
  return html`<details class="signs"${ticked.length > 0 ? html` open` : null}><summary>${say.label('levels.button')}</summary><p class="note">${say.label('consoleRequests.decide.signs')}</p>${groups}<p><button class="quiet" formaction="/console/requests/${requestId}/decide" formnovalidate>${say.label('consoleFamilies.level.propose')}</button></p></details>`
}

const wordField = (
  { say }: Visit,
  { request, family }: DecideFacts,
  given: Given,
  { word, required }: ReturnType<typeof wordsOfOutcome>[number],
): Markup => {
  const { outcome } = given
  // What is offered is said to a family, and not to somebody who wrote about another one.
  const ready = request.applicant === 'other-person' ? [] : readyWords({ staff: say, family }, outcome, word)
  const chosen = String(given[`${word}Ready` as keyof DecideFields] ?? '')
  const label = say.label(`consoleRequests.decide.words.${word}`)
  const field = textField(word, {
    label: required ? label : `${label} ${say.label('consoleRequests.decide.optional')}`,
    most: longestDecisionText,
    value: given[word] ?? '',
    rows: word === 'organisation' || word === 'phone' ? 1 : 3,
    required: false,
  })
  if (ready.length === 0) return html`<div class="word">${field}</div>`
  return html`<div class="word">${field}<label for="${word}Ready">${say.label('consoleRequests.decide.orChoose')}</label><select id="${word}Ready" name="${word}Ready"><option value="">–</option>${ready.map(
    ({ code, text }) =>
      html`<option value="${code}"${chosen === code ? html` selected` : null}>${text}</option>`,
  )}</select></div>`
}
