import { formatDay, formatDayOn, formatDayUntil, formatMonth, formatTime } from '#core/dates.ts'
import { togetherLine } from '#dialogue/requests/staff-together-view.ts'
import { applicantStanding, standingLines } from '#dialogue/families/standing-view.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { escalatedLine, leftOutLines, routedLine } from '#dialogue/requests/staff-routed-view.ts'
import { statusWords } from '#dialogue/requests/staff-case-view.ts'
import { reasonsInWords } from '#dialogue/requests/urgency-view.ts'
import type { Case } from '#features/requests/cases.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { Visit } from '../visit.ts'
import type { Card } from './load-card.ts'

const isOpen = ({ status, checkOpen }: Case): boolean =>
  status === 'submitted' || status === 'claimed' || checkOpen

/** What has to be known before anybody acts: why it is urgent, and what is not safe. Null: nothing. */
export const safetyOf = ({ say, deps, now }: Visit, request: Case): Markup | null => {
  const { timeZone } = deps.region
  const standing = standingLines(say, applicantStanding(say, request), { timeZone, now })
  if (!isOpen(request) && standing.length === 0) return null
  const { urgent, reasons, underTen, representativeConsent, neverCall, silent, neverName } = request
  const why = reasonsInWords(say, deps.region, reasons)
  const lines = [
    urgent &&
      html`${told(say, 'case.urgent')}${why !== '' && html`<br>${say.label('case.urgentWhy', { why })}`}`,
    underTen && told(say, 'case.underTen'),
    representativeConsent === 'unsafe' && told(say, 'case.parents.unsafe'),
    neverCall && told(say, 'case.neverCall'),
    silent && told(say, 'case.neverWrite'),
    neverName && told(say, 'case.neverName'),
  ].filter((line) => line !== false && isOpen(request))
  const all = [...lines, ...standing.map((markup) => html`${{ markup }}`)]
  if (all.length === 0) return null
  return html`<ul class="alert" aria-label="${say.label('consoleRequests.safety')}">${all.map((line) => html`<li>${line}</li>`)}</ul>`
}

/** «Заявление 2026-000123»; which kind it was is gone with whoever was erased. */
export const titleOf = (
  { say }: Visit,
  { kind, number, erased = false }: Pick<Case, 'kind' | 'number'> & { erased?: boolean },
): string =>
  erased
    ? say.label('console.requestNumber', { number })
    : say.label(`consoleRequests.titles.${kind}`, { number })

/** What the card says of a request at once; nothing of it is sealed. */
export const factsOf = (visit: Visit, { request, promisedAt, family }: Card): Markup => {
  const { say, deps, now } = visit
  const { region } = deps
  const { timeZone } = region
  const moment = (instant: Date) => ({ instant, timeZone, now })
  const name = (list: string, code: string) => optionLabel(say, region.code, list, code)
  const { applicant, underTen, submittedAt, source, stage, territory, helpKinds, status, kind, dueAt } =
    request
  if (request.erased)
    return factList(visit, [
      ['territory', name('territory', territory)],
      ['came', formatMonth(say, { instant: submittedAt, timeZone })],
    ])
  return factList(visit, [
    ['who', say.label(`case.applicants.${underTen ? 'underTen' : applicant}`)],
    ['territory', name('territory', territory)],
    helpKinds.length > 0 && ['help', helpKinds.map((code) => name('helpKinds', code)).join(', ')],
    [
      'came',
      `${formatDay(say, moment(submittedAt))}, ${formatTime(submittedAt, timeZone)} · ${say.label(`consoleRequests.sources.${source}`)}`,
    ],
    (status === 'submitted' || status === 'claimed') && ['stage', name('stages', stage)],
    (status === 'submitted' || status === 'claimed') && [
      'due',
      told(
        say,
        kind === 'message'
          ? 'case.dueOfMessage'
          : region.nextStep.source === 'default'
            ? 'case.dueDefault'
            : 'case.due',
        {
          what: name('deadlines', region.nextStep.value.code),
          until: formatDayUntil(say, moment(dueAt)),
        },
      ),
    ],
    promisedAt !== null && [
      'promised',
      html`${promisedAt <= now ? html`<b class="urgent">${say.label('consoleRequests.late')}</b> ` : null}${say.label('consoleRequests.promisedUntil', { day: formatDayOn(say, moment(promisedAt)), time: formatTime(promisedAt, timeZone) })}`,
    ],
    request.representativeConsent !== 'not-needed' && [
      'consent',
      say.label(
        `consoleRequests.consent.${request.together?.agreed ? 'together' : request.representativeConsent}`,
      ),
    ],
    request.together !== null && [
      'together',
      { markup: togetherLine(say, request.together, { timeZone, now }) },
    ],
    !request.dataSharing && ['sharing', say.label('consoleRequests.noSharing')],
    request.follows !== null && ['follows', request.follows],
    request.duplicateOf !== null && ['duplicate', request.duplicateOf],
    request.merged.length > 0 && ['merged', request.merged.join(', ')],
    family !== null && [
      'family',
      html`<a href="/console/families/${family.id}">${say.label('console.familyNumber', { number: family.number })}</a>`,
    ],
  ])
}

const factList = ({ say }: Visit, rows: readonly (readonly [string, Markup | string] | false)[]): Markup =>
  html`<dl class="facts">${rows.map((row) => row && html`<dt>${say.label(`consoleRequests.facts.${row[0]}`)}</dt><dd>${row[1]}</dd>`)}</dl>`

/** Who has it, or for whom it waits and why. */
export const stateOf = ({ say, staff, now }: Visit, { request }: Card): Markup => {
  const { status, claimedBy, checkOpen, safetyCheck } = request
  const checked =
    safetyCheck !== null &&
    safetyCheck !== 'open' &&
    html`<p>${say.label('case.checked', { outcome: say.label(`case.checkOutcomes.${safetyCheck}`) })}</p>`
  if (status === 'claimed' && claimedBy)
    return html`<p class="state">${told(say, claimedBy.id === staff.id ? 'case.mine' : 'case.taken', { name: claimedBy.name })}</p>`
  const waits = status === 'submitted' || checkOpen
  const lines = waits
    ? [escalatedLine(say, request, now), routedLine(say, request), ...leftOutLines(say, request.leftOut)]
    : []
  return html`<p class="state">${told(say, `case.status.${statusWords(request)}`)}</p>
${lines.filter(Boolean).map((markup) => html`<p class="note">${{ markup }}</p>`)}${checked}`
}
