import { formatDay, formatDayUntil, formatTime } from '#core/dates.ts'
import type { OpenDataRequest } from '#features/data-requests/data-requests-for-staff.ts'
import { closesData, endsProcessing } from '#features/data-requests/settle-data-request.ts'
import type { NoCopy } from '#features/my-data/copy-for-paper.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import { standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'
import { dataRequestStanding } from './data-request-standing.ts'

export const outcomes = ['done', 'partly', 'refused'] as const

/** Why no copy may be made, and whether whoever looks makes copies. */
type CopyState = { refused: NoCopy | null; here: boolean }

/** One request: what is asked, what was done, and what can be done next. */
export const dataRequestPage = (
  visit: Visit,
  { open, copy }: { open: OpenDataRequest; copy: CopyState },
): Page => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const { request, asked, requestNumber, familyNumber, member } = open
  const title = say.label('consoleDataRequests.one', { number: request.number })
  const until = formatDayUntil(say, { instant: request.dueAt, timeZone, now })
  const day = formatDay(say, { instant: request.receivedOn, timeZone, now })
  const facts = [
    say.label(`consoleDataRequests.kinds.${request.kind}`),
    say.label(`consoleDataRequests.sources.${request.source}`),
    say.label('consoleDataRequests.received', { day }),
    ...(request.closedAt ? [] : [say.label('consoleDataRequests.until', { until })]),
    ...(asked.asker === undefined ? [] : [say.label(`consoleDataRequests.askers.${asked.asker}`)]),
    ...(asked.name === undefined ? [] : [asked.name]),
    ...(asked.answerTo === undefined ? [] : [asked.answerTo]),
    ...(asked.consent === undefined ? [] : [say.label(`myData.kinds.${asked.consent}`)]),
  ]
  const about =
    request.requestId !== null && requestNumber !== null
      ? html`<a href="/console/requests/${request.requestId}">${say.label('console.requestNumber', { number: requestNumber })}</a>`
      : request.familyId !== null && familyNumber !== null
        ? html`<a href="/console/families/${request.familyId}">${say.label('console.familyNumber', { number: familyNumber })}</a>${member && html`: <b>${say.label(`caseload.roles.${member.role}`)}</b>, ${familyNumber}-${member.place}`}`
        : null
  const body = html`<p class="note crumb"><a href="/console/data-requests">${say.label('consoleDataRequests.title')}</a></p><h1>${title}</h1>
<section><ul>${facts.map((fact) => html`<li>${fact}</li>`)}${about && html`<li>${about}</li>`}</ul>
${asked.words !== undefined && html`<blockquote>${asked.words}</blockquote>`}</section>
${consentsPart(visit, open)}${stepsPart(visit, open)}${copyPart(visit, open, copy)}${request.closedAt ? answerLink(visit, open) : actsPart(visit, open)}`
  return { title, section: 'data', body }
}

/** The registry of consents of whom it is about. */
const consentsPart = ({ say, deps, now }: Visit, { consents }: OpenDataRequest): Markup | null => {
  if (consents.length === 0) return null
  const { timeZone } = deps.region
  const day = (instant: Date) => formatDay(say, { instant, timeZone, now })
  const rows = consents.map(({ kind, version, how, forWhom, givenAt, withdrawnAt, textHash }) => {
    const moment = { day: day(givenAt), time: formatTime(givenAt, timeZone) }
    const state = withdrawnAt
      ? say.label('myData.withdrawnOn', { day: day(withdrawnAt) })
      : say.label('myData.inForce')
    return html`<li><b>${say.label(`myData.kinds.${kind}`)}</b>, ${version}. ${say.label(`myData.given.${how}`, moment)} ${say.label(`myData.for.${forWhom}`)} ${state} <span class="note">SHA-256 ${textHash.slice(0, 16)}</span></li>`
  })
  return html`<section><h2>${say.label('consoleDataRequests.consents')}</h2><ul>${rows}</ul></section>`
}

const stepsPart = ({ say, deps, now }: Visit, { steps }: OpenDataRequest): Markup => {
  const { timeZone } = deps.region
  const rows = steps.map(
    ({ kind, at, text }) =>
      html`<li>${formatDay(say, { instant: at, timeZone, now })}, ${formatTime(at, timeZone)}: ${say.label(`consoleDataRequests.steps.${kind}`)}${text !== null && html`<blockquote>${text}</blockquote>`}</li>`,
  )
  return html`<section><h2>${say.label('consoleDataRequests.history')}</h2><ul>${rows}</ul></section>`
}

const copyPart = (
  { say }: Visit,
  { request }: OpenDataRequest,
  { refused, here }: CopyState,
): Markup | null => {
  if (refused === 'other-kind' || refused === 'closed') return null
  const label = (key: string) => say.label(`consoleDataRequests.copy.${key}`)
  const at = `/console/data-requests/${request.id}/copy`
  const inside =
    refused !== null
      ? html`<p>${label(refused)}</p>`
      : here
        ? html`<p class="note">${label('note')}</p><p><a class="button" href="${at}.pdf">${label('pdf')}</a> <a href="${at}.json">${label('json')}</a></p>`
        : html`<p>${label('bySupervisor')}</p>`
  return html`<section id="copy"><h2>${label('title')}</h2>${inside}</section>`
}

const answerLink = ({ say }: Visit, { request, steps }: OpenDataRequest): Markup | null =>
  steps.some(({ kind }) => kind === 'answered')
    ? html`<p><a href="/console/data-requests/${request.id}/answer.pdf">${say.label('consoleDataRequests.answerPdf')}</a></p>`
    : null

const actsPart = (visit: Visit, { request, consents }: OpenDataRequest): Markup => {
  const { say } = visit
  const at = `/console/data-requests/${request.id}`
  const stood = standsAs(dataRequestStanding(visit, request))
  const button = (act: string, words: string, kind: 'quiet' | 'danger') =>
    formTo(visit, `${at}/${act}`, html`${stood}<button class="${kind}">${words}</button>`, {
      class: 'one-button',
    })
  const label = (key: string) => say.label(`consoleDataRequests.${key}`)
  const block = request.restrictedAt
    ? button('unrestrict', label('unrestrict'), 'quiet')
    : request.personId !== null && request.eraseAt === null && button('restrict', label('restrict'), 'quiet')
  const standing = consents.some(({ withdrawnAt }) => withdrawnAt === null)
  const erasure = request.kind === 'erasure'
  const withdrawal =
    endsProcessing(request) && request.eraseAt === null && (standing || erasure) && request.personId !== null
      ? html`<section><h2>${label(erasure ? 'eraseTitle' : 'withdrawTitle')}</h2><p>${label('withdrawNote')}</p>${button('withdraw', label(erasure ? 'erase' : 'withdraw'), 'danger')}</section>`
      : null
  const answer =
    request.eraseAt === null
      ? formTo(
          visit,
          `${at}/answer`,
          html`${stood}<label>${label('answer')}<textarea name="answer" rows="5" maxlength="2000" required></textarea></label>
<label>${label('outcome')}<select name="outcome">${outcomes.map((one) => html`<option value="${one}">${say.label(`consoleDataRequests.outcomes.${one}`)}</option>`)}</select></label><button>${label('close')}</button>`,
        )
      : html`<p>${label('erasureRuns')}</p>`
  const look =
    closesData(request) &&
    visit.staff.role === 'supervisor' &&
    formTo(
      visit,
      `${at}/look`,
      html`${stood}<p class="note">${label('lookNote')}</p><label>${label('lookReason')}<textarea name="reason" rows="2" maxlength="2000" required></textarea></label><button class="quiet">${label('look')}</button>`,
    )
  return html`<section><h2>${label('block')}</h2><p class="note">${label(request.eraseAt === null ? 'blockNote' : 'withdrawnNote')}</p>${block}${look}</section>${withdrawal}<section><h2>${label('answerTitle')}</h2>${answer}</section>`
}
