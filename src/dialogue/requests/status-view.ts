import { formatDay, formatDayUntil } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { leftInWords, stageLines } from '#dialogue/families/path-view.ts'
import { expectedLine } from '#dialogue/messages/messages-view.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { RequestForMember } from '#features/requests/request-for-member.ts'
import type { Region } from '#regions/schema.ts'
import type { Button, View } from '../view.ts'
import { decisionLines } from './decision-view.ts'

export type StatusFacts = {
  request: RequestForMember | null
  /** The reader's family, which has a path of its own. */
  family: string | null
  /** Who reads it, and when; null once somebody has it. */
  reader: ExpectedReader | null
  just?: 'submitted' | 'noted' | 'withdrawn' | 'objected' | 'anew'
  region: Region
  /** The centre's contact outside of the bot. */
  contact: string
  now: Date
}

/** The family's request: what is done, what comes next and by when, how to withdraw. */
export const statusView = (
  builder: CardBuilder,
  { request, family, reader, just, region, now, contact }: StatusFacts,
): View => {
  const { say, button, link } = builder
  if (!request) {
    return builder.card('status', say.t('status.none'), [[link(say.label('home.ask'), 'ask')]])
  }
  const { number, status, kind } = request
  const day = formatDay(say, { instant: request.submittedAt, timeZone: region.timeZone, now })
  const html = paragraphs(
    just &&
      justLine(say, just === 'withdrawn' && request.safetyCheck !== null ? 'withdrawnChecked' : just, number),
    say.t(`status.${kind}`, { number, date: day }),
    ...stateLines(say, request, { reader, region, contact, now }),
  )
  const talk = [
    ...(family === null ? [] : [[link(say.label('status.toPath'), 'status', family)]]),
    ...(request.written ? [[link(say.label('talk.read'), 'talk')]] : []),
  ]
  const rows = request.mayAdd
    ? [
        ...talk,
        [button(say.label('status.noteButton'), 'note')],
        ...(request.urgent && !request.outsider ? [[link(say.label('cannotTalk.button'), 'quiet')]] : []),
        // Once it is read, the card of an outsider stays as it is, whatever becomes of it.
        ...(request.outsider && status !== 'submitted'
          ? []
          : [[button(say.label('status.withdrawButton'), 'withdraw')]]),
      ]
    : [...talk, ...objection(builder, request), [link(say.label('home.ask'), 'ask')]]
  return builder.card('status', html, rows)
}

const justLine = (say: Say, just: string, number: string): string => {
  if (just === 'objected') return say.t('decision.objected')
  return just === 'anew' ? say.t('status.anew', { number }) : say.t(`status.just.${just}`)
}

type Around = Pick<StatusFacts, 'reader' | 'region' | 'contact' | 'now'>

/** Who has it, what comes next and by when; once it is closed, what was decided. */
const stateLines = (say: Say, request: RequestForMember, around: Around): (string | false | undefined)[] => {
  const { status, specialist, decision, outsider } = request
  const open = status === 'submitted' || status === 'claimed'
  // Of the other family they learn nothing: no stage, no name, no outcome.
  if (outsider && status !== 'withdrawn')
    return [
      say.t(status === 'submitted' ? 'decision.outsider.submitted' : 'decision.outsider.read'),
      say.t('decision.outsider.note'),
    ]
  if (decision) return decisionLines(say, { decision, specialist, ...around })
  return [
    say.t(`status.now.${status}`, {
      reader: around.reader ? expectedLine(say, { ...around, expected: around.reader }) : '',
      name: specialist?.name ?? '',
      role: specialist ? say.label(`staff.roles.${specialist.role}`) : '',
    }),
    // An outsider does not learn that the check has ended, either.
    (request.checkOpen || (outsider && request.safetyCheck !== null)) &&
      say.t('status.checked', { contact: around.contact }),
    ...(open ? nextLines(say, request, around) : []),
  ]
}

const nextLines = (say: Say, request: RequestForMember, { region, contact, now }: Around) => {
  const { dueAt, urgent, path, left, status } = request
  const until = formatDayUntil(say, { instant: dueAt, timeZone: region.timeZone, now })
  return [
    urgent && say.t('status.urgent'),
    urgent && say.t('status.call'),
    // Somebody in danger waits for one thing only.
    !(urgent && status === 'submitted') && stageLines(say, path, { region, now }),
    now <= dueAt
      ? say.t('status.next', { until, left: leftInWords(say, left) })
      : say.t('status.overdue', { until, contact }),
    region.nextStep.source === 'default' && say.t('status.defaultTerm'),
    say.t('status.mind'),
  ]
}

const objection = (
  { say, button }: Pick<CardBuilder, 'say' | 'button'>,
  request: RequestForMember,
): Button[][] => {
  const { decision, mayObject } = request
  if (!mayObject) return []
  const label =
    decision?.outcome === 'not-needed' ? 'decision.objectButtonNotNeeded' : 'decision.objectButton'
  return [[button(say.label(label), 'object')]]
}
