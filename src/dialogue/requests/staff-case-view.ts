import { formatDay, formatDayUntil, formatMonth, formatTime } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { Case } from '#features/requests/cases.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { applicantStanding, standingLines } from '../families/standing-view.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { escalatedLine, leftOutLines, routedLine } from './staff-routed-view.ts'
import { togetherLine } from './staff-together-view.ts'
import { reasonsInWords } from './urgency-view.ts'

type Facts = { request: Case; region: Region; now: Date; staffId: string }

/** A request's card for staff: no name, no phone, no free text. */
export const caseView = (builder: CardBuilder, facts: Facts): View => {
  const { say, link } = builder
  const { request, staffId } = facts
  const { id, status, claimedBy } = request
  const mine = status === 'claimed' && claimedBy?.id === staffId
  const rows: Button[][] = []
  if (!request.concerns) return { screen: 'case', html: caseText(builder, facts), rows }
  if (status === 'submitted') rows.push([link(say.label('case.take'), 'take', id)])
  const words = request.closed
    ? []
    : [[link(say.label('case.details'), 'details', id), link(say.label('case.contact'), 'contact', id)]]
  if (status === 'submitted' || mine) {
    rows.push(...words)
    // Nobody reads what is written to somebody who called.
    if (mine && request.source === 'bot')
      rows.push([
        link(
          say.label(request.silent ? 'case.writeSilently' : `case.writeTo.${addresseeOf(request)}`),
          'write',
          id,
        ),
      ])
    // Whoever has neither the bot nor a number to call can only be met.
    if (mine && request.callable) rows.push([link(say.label('case.calledButton'), 'called', id)])
    else if (mine && request.source !== 'bot') rows.push([link(say.label('case.metButton'), 'called', id)])
    if (request.urgent && request.mayPassOn) rows.push([link(say.label('case.notUrgent'), 'calm', id)])
  }
  if (request.oversight === 'given') rows.push(...words)
  if (request.oversight === 'needed') rows.push([link(say.label('worklist.oversee.button'), 'oversee', id)])
  rows.push(...actRows(builder, request))
  if (request.checkOpen)
    rows.push(
      [link(say.label('case.details'), 'details', id), link(say.label('case.contact'), 'contact', id)],
      [link(say.label('case.checkButton'), 'checked', id)],
    )
  return { screen: 'case', html: caseText(builder, facts), rows }
}

/** Who reads what the specialist writes; a name that says otherwise would be a danger to a teenager, or an indiscretion. */
export const addresseeOf = ({ applicant }: Pick<Case, 'applicant'>): 'family' | 'minor' | 'outsider' => {
  if (applicant === 'minor') return 'minor'
  return applicant === 'other-person' ? 'outsider' : 'family'
}

/** What the reader may do with it besides. */
const actRows = ({ say, link }: CardBuilder, { id, rights, mayPassOn }: Case): Button[][] => {
  const decide = rights.has('decide')
  return [
    ...(decide ? [[link(say.label('act.decideButton'), 'decide', id)]] : []),
    [
      ...(decide ? [link(say.label('act.stageButton'), 'stage', id)] : []),
      ...(rights.has('note') ? [link(say.label('act.jotButton'), 'jot', id)] : []),
    ],
    [
      ...(mayPassOn ? [link(say.label('case.pass'), 'pass', id)] : []),
      ...(rights.has('give') ? [link(say.label('act.giveButton'), 'give', id)] : []),
    ],
  ].filter((row) => row.length > 0)
}

const caseText = ({ say }: CardBuilder, { request, region, now, staffId }: Facts): string => {
  const moment = (instant: Date) => ({ instant, timeZone: region.timeZone, now })
  const names = (list: string, codes: readonly string[]) =>
    escapeHtml(codes.map((code) => optionLabel(say, region.code, list, code)).join(', '))
  const { number, kind, applicant, claimedBy, submittedAt, representativeConsent, notes, passedOn } = request
  const alarms =
    request.urgent && (request.status === 'submitted' || request.status === 'claimed' || request.checkOpen)
  if (request.erased) return erasedText(say, { request, region, now })
  const byDefault = region.nextStep.source === 'default'
  return paragraphs(
    alarms && say.t('case.urgent'),
    alarms &&
      request.reasons.length > 0 &&
      say.t('case.urgentWhy', { why: reasonsInWords(say, region, request.reasons) }),
    request.underTen && say.t('case.underTen'),
    ...standingLines(say, applicantStanding(say, request), { timeZone: region.timeZone, now }),
    request.follows !== null && say.t('case.follows', { number: request.follows }),
    request.duplicateOf !== null && say.t('case.duplicateOf', { number: request.duplicateOf }),
    request.merged.length > 0 && say.t('case.merged', { numbers: request.merged.join(', ') }),
    say.t(`case.${kind}`, { number }),
    [
      request.source !== 'bot' && say.t(`case.sources.${request.source}`),
      say.t('case.who', { who: say.label(`case.applicants.${request.underTen ? 'underTen' : applicant}`) }),
      say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', request.territory) }),
      // The short way does not ask for them.
      request.helpKinds.length > 0 && `${say.t('case.helpKinds')} ${names('helpKinds', request.helpKinds)}`,
      say.t('case.submitted', {
        day: formatDay(say, moment(submittedAt)),
        time: formatTime(submittedAt, region.timeZone),
      }),
      // What is over has no term any more.
      (request.status === 'submitted' || request.status === 'claimed') &&
        say.t(kind === 'message' ? 'case.dueOfMessage' : byDefault ? 'case.dueDefault' : 'case.due', {
          what: optionLabel(say, region.code, 'deadlines', region.nextStep.value.code),
          until: formatDayUntil(say, moment(request.dueAt)),
        }),
      representativeConsent !== 'not-needed' &&
        say.t(`case.representativeConsent.${request.together?.agreed ? 'together' : representativeConsent}`),
      request.together && togetherLine(say, request.together, { timeZone: region.timeZone, now }),
      !request.dataSharing && say.t('case.noSharing'),
      notes > 0 && say.t('case.notes', { count: notes }),
      passedOn > 0 && say.t('case.passedOn', { count: passedOn }),
    ]
      .filter(Boolean)
      .join('\n'),
    request.status === 'claimed' && claimedBy
      ? say.t(claimedBy.id === staffId ? 'case.mine' : 'case.taken', { name: claimedBy.name })
      : say.t(`case.status.${statusWords(request)}`) + waitingLines(say, request, now),
    request.safetyCheck !== null &&
      request.safetyCheck !== 'open' &&
      say.t('case.checked', { outcome: say.label(`case.checkOutcomes.${request.safetyCheck}`) }),
  )
}

/** What is true of a request whose applicant was erased; the rest of its row stands for nothing. */
const erasedText = (
  say: Say,
  { request, region: { code, timeZone }, now }: Pick<Facts, 'request' | 'region' | 'now'>,
): string =>
  paragraphs(
    ...standingLines(say, applicantStanding(say, request), { timeZone, now }),
    say.t('case.erasedRequest', { number: request.number }),
    [
      say.t('case.territory', { territory: optionLabel(say, code, 'territory', request.territory) }),
      say.t('case.erasedMonth', { month: formatMonth(say, { instant: request.submittedAt, timeZone }) }),
    ].join('\n'),
    say.t(`case.status.${statusWords(request)}`),
  )

/** Nobody is told not to write to somebody whom nobody can reach. */
export const statusWords = ({ checkOpen, status, erased }: Pick<Case, 'checkOpen' | 'status' | 'erased'>) => {
  if (checkOpen) return 'check'
  return status === 'withdrawn' && erased ? 'withdrawnErased' : status
}

const waitingLines = (say: Say, request: Case, now: Date): string =>
  request.status === 'submitted' || request.checkOpen
    ? [escalatedLine(say, request, now), routedLine(say, request), ...leftOutLines(say, request.leftOut)]
        .map((line) => line && `\n${line}`)
        .join('')
    : ''
