import { formatDay, formatDayUntil } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { allStagesView, leftInWords } from '#dialogue/families/path-view.ts'
import { guideRows } from '#dialogue/guide/guide-view.ts'
import { expectedLine, readingWords } from '#dialogue/messages/reading-time-view.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { RequestForMember } from '#features/requests/request-for-member.ts'
import type { TogetherOfOwn } from '#features/together/together-for-member.ts'
import type { Region } from '#regions/schema.ts'
import { heldRows } from '../home/home-view.ts'
import type { Button, View } from '../view.ts'
import { decisionLines } from './decision-view.ts'
import { latePart } from './late-view.ts'

export type StatusFacts = {
  request: RequestForMember | null
  /** Questions are answered that were not sent. */
  begun: boolean
  /** Words are held that nobody has been given. */
  held: boolean
  /** The reader's family, which has a path of its own. */
  family: string | null
  /** What the open request has of asking together. */
  together: Pick<TogetherOfOwn, 'offered' | 'current' | 'agreement'>
  /** All stages, rather than where it stands. */
  all: boolean
  just?: 'submitted' | 'noted' | 'withdrawn' | 'objected' | 'anew'
  /** What the lines above the card have just said: who reads it, and whom to call, are not said twice. */
  above: string
  region: Region
  /** The centre's contact outside of the bot. */
  contact: string
  now: Date
}

/** The family's request: who reads it by when, what comes next, what one can do meanwhile. */
export const statusView = (builder: CardBuilder, facts: StatusFacts): View => {
  const { say, link } = builder
  const { request, just, region, now } = facts
  if (!request) {
    const { begun, held } = facts
    const html = paragraphs(say.t(begun ? 'status.begun' : 'status.none'), held && say.t('words.heldMenu'))
    return builder.card('status', html, [
      ...(held ? heldRows(builder) : []),
      [link(say.label(begun ? 'home.resume' : 'home.ask'), 'ask')],
      ...guideRows(builder),
    ])
  }
  if (facts.all && !request.outsider) return allStagesView(builder, request.path, { region, now })
  const day = formatDay(say, { instant: request.submittedAt, timeZone: region.timeZone, now })
  const html = paragraphs(
    just && justLine(say, just, request),
    !request.underTen && say.t(`status.${request.kind}`, { number: request.number, date: day }),
    request.merged.length > 0 &&
      !request.outsider &&
      say.t('status.merged', { numbers: request.merged.join(', ') }),
    ...stateLines(say, request, facts),
    facts.together.agreement && say.t(`together.agreement.${facts.together.agreement}`),
  )
  return builder.card('status', html, rowsOf(builder, request, facts))
}

const justLine = (say: Say, just: NonNullable<StatusFacts['just']>, request: RequestForMember): string => {
  if (just === 'objected') return say.t('decision.objected')
  if (just === 'anew') return say.t('status.anew', { number: request.number })
  if (just === 'submitted' && request.outsider) return say.t('status.just.submittedOutsider')
  return say.t(
    `status.just.${just === 'withdrawn' && request.safetyCheck !== null ? 'withdrawnChecked' : just}`,
  )
}

const rowsOf = (
  builder: CardBuilder,
  request: RequestForMember,
  { family, together }: StatusFacts,
): Button[][] => {
  const { say, button, link } = builder
  const { outsider, read, checkOpen, mayAdd, urgent } = request
  const talk = [
    ...(family === null ? [] : [[link(say.label('status.toPath'), 'status', family)]]),
    ...(request.written ? [[link(say.label('talk.read'), 'talk')]] : []),
  ]
  // Offered at the receipt, so still there later, and when it is over.
  const guide = outsider ? [] : guideRows(builder)
  if (!mayAdd)
    return [...talk, ...objection(builder, request), [link(say.label('home.ask'), 'ask')], ...guide]
  const again = [[link(say.label('home.ask'), 'ask')]]
  const note = [[button(say.label('status.noteButton'), 'note')]]
  // Once it is read, the card of an outsider stays as it is, whatever becomes of it.
  if (checkOpen || read) return [...talk, ...note, ...again]
  const joint = togetherRow(builder, together)
  if (request.underTen) return [...talk, ...note, [button(say.label('status.withdrawButton'), 'withdraw')]]
  return [
    ...talk,
    ...note,
    ...joint,
    ...(urgent && !outsider ? [[link(say.label('cannotTalk.button'), 'quiet')]] : []),
    ...(outsider ? [] : [[button(say.label('status.allButton'), 'full')]]),
    ...guide,
    [button(say.label('status.withdrawButton'), 'withdraw')],
  ]
}

/** The way to asking together: what it is, or how it stands. */
const togetherRow = (
  { say, link }: CardBuilder,
  { offered, current }: StatusFacts['together'],
): Button[][] => {
  const live = current && ['waiting', 'answered', 'joined'].includes(current.status)
  if (!live && offered === null) return []
  const label = live ? `together.button.${current.status}` : `together.button.${offered}`
  return [[link(say.label(label), 'together')]]
}

type Around = Pick<StatusFacts, 'just' | 'above' | 'region' | 'contact' | 'now'>

/** Who has it, what comes next and by when; once it is closed, what was decided. */
const stateLines = (say: Say, request: RequestForMember, around: Around): (string | false | null)[] => {
  const { status, specialist, decision, outsider } = request
  const { contact } = around
  // Of the other family they learn nothing: no stage, no name, no outcome.
  if (outsider && status !== 'withdrawn')
    return [
      request.read ? say.t('decision.outsider.read') : awaitedLine(say, request, around),
      request.awaited && latePart(say, request.awaited, around),
      say.t('decision.outsider.note'),
      [say.t('decision.outsider.more'), !around.above.includes('112') && say.t('decision.outsider.danger')]
        .filter(Boolean)
        .join(' '),
    ]
  if (decision) return decisionLines(say, { decision, specialist, ...around }).map((line) => line ?? null)
  if (status === 'submitted' || status === 'claimed') return openLines(say, request, around)
  return [
    say.t(outsider ? 'status.now.withdrawnOutsider' : `status.now.${status}`),
    // An outsider does not learn that the check has ended, either.
    (request.checkOpen || (outsider && request.safetyCheck !== null)) && say.t('status.checked', { contact }),
  ]
}

/** «Сейчас», «Дальше», «Срок», and around them what helps to wait. */
const openLines = (say: Say, request: RequestForMember, around: Around): (string | false | null)[] => {
  const { urgent, silenced, awaited } = request
  const { just, above } = around
  // Where we are late, the number stands there, and «такое читают первым» would be a mockery.
  const late = Boolean(awaited?.late)
  if (request.underTen)
    return [
      awaited && latePart(say, awaited, around),
      say
        .t('status.underTen', {
          reader: awaited && !late ? expectedLine(say, { expected: awaited.expected, ...around }) : '',
        })
        .trimEnd(),
      !late && say.t('status.call'),
    ]
  const called = late || above.includes('112')
  return [
    awaited && latePart(say, awaited, around),
    [
      awaitedLine(say, request, around),
      around.now <= request.dueAt &&
        say.t('status.next', { decider: say.label(`regions.${around.region.code}.terms.decider`) }),
      dueLine(say, request, around),
    ]
      .filter(Boolean)
      .join('\n'),
    formerLine(say, request),
    urgent && !late && [say.t(urgentKey(request)), !called && say.t('status.call')].filter(Boolean).join(' '),
    just === 'submitted' && say.t(silenced ? 'status.answerWaits' : 'status.answerComes'),
    say.t('status.home'),
    say.t(urgent || called ? 'status.more' : 'status.mind'),
  ]
}

/**
 * Outside of working hours «с 9:00» is all that is promised, though the card of what is urgent has gone out at once. Once
 * somebody has it, it stands in no queue.
 */
const urgentKey = ({ status, awaited }: RequestForMember) => {
  if (status === 'claimed') return 'status.urgentTaken'
  return awaited && !awaited.late && awaited.expected.kind === 'from'
    ? 'status.urgentAtOnce'
    : 'status.urgent'
}

/** Who reads it, or has it, and by when they answer. */
const awaitedLine = (say: Say, request: RequestForMember, { region, above, now }: Around): string => {
  const { status, awaited, specialist, outsider } = request
  const expected = awaited && !awaited.late ? awaited.expected : null
  if (status === 'claimed' && specialist && !outsider)
    return [
      say.t('status.now.claimed', {
        name: specialist.name,
        role: say.label(`staff.roles.${specialist.role}`),
      }),
      expected &&
        (awaited?.wants === 'reading'
          ? unsaid(expectedLine(say, { expected, region, now }), above)
          : answersLine(say, expected, region, now)),
    ]
      .filter(Boolean)
      .join(' ')
  const reader = expected ? unsaid(expectedLine(say, { expected, region, now }), above) : ''
  return say.t(outsider ? 'decision.outsider.submitted' : 'status.now.submitted', { reader }).trimEnd()
}

const unsaid = (line: string, above: string): string => (above.includes(line) ? '' : line)

/** Somebody else reads it than they were told. */
const formerLine = (say: Say, { formerReader: former, awaited }: RequestForMember): string | null => {
  const name = awaited?.expected.name ?? null
  if (former === null || former === name) return null
  return name === null
    ? say.t('status.former.anybody', { former })
    : say.t('status.former.name', { former, name })
}

const answersLine = (say: Say, expected: ExpectedReader, { timeZone }: Region, now: Date): string => {
  const { when, values } = readingWords(say, { expected, timeZone, now })
  return say.t(`status.answers.${when}`, values)
}

const dueLine = (say: Say, { dueAt, left }: RequestForMember, { region, contact, now }: Around): string => {
  const until = formatDayUntil(say, { instant: dueAt, timeZone: region.timeZone, now })
  return now <= dueAt
    ? say.t('status.until', { until, left: leftInWords(say, left) })
    : say.t('status.overdue', { until, contact })
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
