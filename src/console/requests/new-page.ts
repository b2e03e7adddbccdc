import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { longestFrom, messageSources } from '#features/incoming/incoming.ts'
import { applicants, longestStory } from '#features/intake/answers.ts'
import { otherOption } from '#features/intake/questions.ts'
import { deskGrounds } from '#features/requests/register-appeal.ts'
import { longestWhere } from '#features/requests/register-call.ts'
import { longestAddress } from '#features/requests/request-content.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { html, type Markup } from '#http/markup.ts'
import { deskSources } from '#storage/requests/requests.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import {
  type Filled,
  lineField,
  type Option,
  problemList,
  selectField,
  tick,
  ticks,
  wordsField,
} from './new-markup.ts'

/** How a request gets here without the bot: words of one who asks, an urgent call, a message about a family. */
export const newKinds = ['appeal', 'call', 'message'] as const
export type NewKind = (typeof newKinds)[number]

/** One page, one form; what was typed comes back with what does not fit. */
export const newPage = (visit: Visit, kind: NewKind, filled: Omit<Filled, 'say'>): Page => {
  const { say } = visit
  const title = say.label('consoleRequests.new')
  const all = { ...filled, say }
  const tabs = newKinds.map((one) => {
    const here = one === kind
    return html`<li><a href="/console/requests/new?as=${one}"${here ? html` aria-current="page"` : null}>${say.label(`consoleNew.kinds.${one}`)}</a></li>`
  })
  const body = html`<p class="note crumb"><a href="/console/requests">${say.label('console.sections.requests')}</a></p><h1>${title}</h1>
<nav class="tabs" aria-label="${say.label('consoleNew.which')}"><ul>${tabs}</ul></nav>
<p>${say.label(`consoleNew.about.${kind}`)}</p>
${problemList(all)}
<section>${formTo(visit, `/console/requests/new/${kind}`, html`${formsOf[kind](visit, all)}<button>${say.label(`consoleNew.send.${kind}`)}</button>`, { id: 'new', draft: `request-new-${kind}` })}</section>`
  return { title, section: 'requests', body }
}

const placesOf = ({ say, deps }: Visit): Option[] =>
  [...deps.region.territories.map(({ code }) => code), otherOption].map((value) => ({
    value,
    label: optionLabel(say, deps.region.code, 'territory', value),
  }))

const callForm = (visit: Visit, filled: Filled): Markup =>
  html`${wordsField(filled, 'where', { most: longestWhere, rows: 2 })}
${selectField(filled, 'territory', placesOf(visit))}
${wordsField(filled, 'what', { most: longestStory })}
${lineField(filled, 'phone', { most: 40, type: 'tel', optional: true })}
${tick(filled, 'minor')}`

const messageForm = (visit: Visit, filled: Filled): Markup => {
  const { say, deps } = visit
  const senders = messageSources(deps.region).map(({ code }) => ({
    value: code,
    label: optionLabel(say, deps.region.code, 'sources', code),
  }))
  return html`<div class="fields">${selectField(filled, 'sender', senders)}${lineField(filled, 'receivedOn', { type: 'date' })}${selectField(filled, 'territory', placesOf(visit))}</div>
${wordsField(filled, 'from', { most: longestFrom, rows: 2 })}
${wordsField(filled, 'words', { most: longestStory, rows: 6 })}`
}

const appealForm = (visit: Visit, filled: Filled): Markup => {
  const { say, deps } = visit
  const options = (codes: readonly string[], label: (code: string) => string) =>
    codes.map((value) => ({ value, label: label(value) }))
  const kinds = deps.region.helpKinds.map((value) => ({
    value,
    label: optionLabel(say, deps.region.code, 'helpKinds', value),
  }))
  return html`<div class="fields">${selectField(
    filled,
    'source',
    options(deskSources, (one) => say.label(`consoleRequests.sources.${one}`)),
  )}
${lineField(filled, 'receivedOn', { type: 'date' })}
${selectField(
  filled,
  'applicant',
  options(applicants, (one) => say.label(`case.applicants.${one}`)),
)}
${selectField(filled, 'territory', placesOf(visit))}</div>
${wordsField(filled, 'words', { most: longestStory, rows: 6 })}
${tick(filled, 'urgent')}
${wordsField(filled, 'urgentReason', { most: longestReason, rows: 2, optional: true })}
${wordsField(filled, 'about', { most: 500, rows: 2, optional: true })}
<fieldset class="group"><legend>${say.label('consoleNew.contact')}</legend><div class="fields">${lineField(filled, 'name', { most: 100, optional: true })}
${lineField(filled, 'phone', { most: 40, type: 'tel', optional: true })}
${lineField(filled, 'address', { most: longestAddress, optional: true })}
${selectField(
  filled,
  'safeToCall',
  options(['yes', 'no'], (one) => say.label(`consoleNew.yesNo.${one}`)),
  { optional: true },
)}
${selectField(
  filled,
  'parents',
  options(['yes', 'later', 'unsafe'], (one) => say.label(`consoleNew.parents.${one}`)),
  { optional: true },
)}</div></fieldset>
${ticks(filled, 'helpKinds', kinds)}
${selectField(
  filled,
  'ground',
  options(deskGrounds, (one) => say.label(`consoleNew.grounds.${one}`)),
)}`
}

const formsOf: Record<NewKind, (visit: Visit, filled: Filled) => Markup> = {
  appeal: appealForm,
  call: callForm,
  message: messageForm,
}
