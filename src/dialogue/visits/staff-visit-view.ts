import { formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { nameBesideRole } from '#dialogue/families/member-name-view.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { AnswerLine, VisitDetails } from '#features/visits/visit-lists-for-staff.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { shortMoment, spokenMoment, type VisitWords, visitHead } from './visit-words-view.ts'

export type StaffVisitFacts = VisitDetails & {
  comes: string
  safety: readonly SafetyFact[]
  /** The reader may be shown how to reach the family. */
  reach: boolean
  /** The reader may let somebody else make it. */
  supervises: boolean
  /** Planned and not over yet. */
  ahead: boolean
  timeZone: string
  now: Date
}

/** A visit for the visitor, the curator and supervisors; the door code for the visitor only. */
export const staffVisitView = (builder: CardBuilder, facts: StaffVisitFacts): View => {
  const { say } = builder
  const { visit, family, content, code, overlaps, comes, ahead, timeZone, now } = facts
  const words = { say, timeZone, now }
  const html = paragraphs(
    [say.t('staffVisit.title', { number: family.number }), ...visitHead(words, visit)].join('\n'),
    safetyText(say, facts.safety, { timeZone, now }),
    (visit.audience === 'confidential' || visit.audience === 'minors') &&
      say.t(`staffVisit.audience.${visit.audience}`),
    !ahead && say.t(`staffVisit.status.${visit.status}`),
    [
      say.t('staffVisit.comes', { name: comes }),
      content.place ? say.t('staffVisit.place', { place: content.place }) : say.t('staffVisit.placeHome'),
      content.note && say.t('staffVisit.note', { note: content.note }),
    ]
      .filter(Boolean)
      .join('\n'),
    code && say.t('staffVisit.code', { code }),
    ahead && overlaps > 0 && say.t('staffVisit.overlaps', { count: overlaps }),
    facts.answers.length === 0 && !facts.read
      ? say.t('staffVisit.notInBot')
      : answersText(words, facts.answers),
  )
  return builder.card('f-visit', html, visitRows(builder, facts), { confidential: true })
}

/** How many of the newest answers fit on a card. */
const mostAnswers = 8

const answersText = (words: VisitWords, answers: readonly AnswerLine[]): string => {
  const { say } = words
  if (answers.length === 0) return say.t('staffVisit.noAnswers')
  const lines = answers.slice(-mostAnswers).map((answer) =>
    say.t(answer.current ? 'staffVisit.answer' : 'staffVisit.answerOld', {
      who: whoOf(words, answer),
      what: whatOf(words, answer),
    }),
  )
  return [say.t('staffVisit.answers'), ...lines].join('\n')
}

const whoOf = ({ say }: VisitWords, { name, role }: AnswerLine): string =>
  name !== null && role !== null
    ? say.label('staffVisit.member', {
        name: nameBesideRole(say, name),
        role: say.label(`staffVisit.roles.${role}`),
      })
    : say.label('staffVisit.somebody')

const whatOf = (words: VisitWords, { kind, slot, text }: AnswerLine): string => {
  const { say, timeZone } = words
  if (kind === 'other-time')
    return slot
      ? say.label('staffVisit.kinds.slot', { when: spokenMoment(words, slot) })
      : say.label(text === null ? 'staffVisit.kinds.bare' : 'staffVisit.kinds.words', { text: text ?? '' })
  if (kind === 'late')
    return say.label('staffVisit.kinds.late', { time: slot ? formatTime(slot, timeZone) : '' })
  return say.label(`staffVisit.kinds.${kind}`)
}

const visitRows = (builder: CardBuilder, facts: StaffVisitFacts): Button[][] => {
  const { visit, inCharge, answers, ahead, timeZone, now } = facts
  const { say, button, link } = builder
  const wished = ahead ? wishOf(answers, now) : null
  const rows: Button[][] = []
  if (wished) {
    const when = shortMoment({ say, timeZone, now }, wished)
    rows.push([
      button(
        say.label('staffVisit.buttons.move', { when }),
        'set',
        `${wished.getTime() / 1000}-${visit.version}`,
      ),
    ])
  }
  if (visit.status === 'planned' && now >= visit.startsAt)
    rows.push([
      button(say.label('staffVisit.buttons.done'), 'done', 'done'),
      button(say.label('staffVisit.buttons.missed'), 'done', 'missed'),
    ])
  const change = [
    ...(ahead ? [link(say.label('planVisit.moveButton'), 'f-visit-move', visit.id)] : []),
    ...(inCharge ? [link(say.label('planVisit.againButton'), 'f-visit-again', visit.id)] : []),
  ]
  if (inCharge && change.length > 0) rows.push(change)
  if (facts.reach) rows.push([link(say.label('reach.button'), 'v-reach', visit.id)])
  if (ahead && facts.supervises) rows.push([link(say.label('handing.visitButton'), 'v-give', visit.id)])
  // What cannot be undone comes last.
  if (ahead) rows.push([button(say.label('staffVisit.buttons.cancel'), 'no', String(visit.version))])
  const mine = link(say.label('staffVisit.buttons.mine'), 'my-visits')
  if (!inCharge) return [...rows, [mine]]
  return [
    ...rows,
    [link(say.label('staffVisit.buttons.all'), 'f-visits', visit.familyId), mine],
    [link(say.label('caseload.card'), 'f-card', visit.familyId)],
  ]
}

/** The hour that the family asked for last, unless taken back since. */
export const wishOf = (answers: readonly AnswerLine[], now: Date): Date | null => {
  const decided = answers.findLast(
    ({ kind, current }) => current && (kind === 'other-time' || kind === 'confirmed'),
  )
  return decided?.slot && decided.slot > now ? decided.slot : null
}

/** Who reads of it: of a confidential visit nobody but the teenager, and nobody at all where they are not in the bot. */
export const whoSees = (say: Say, { audience }: Pick<Visit, 'audience'>, read: boolean): string => {
  if (!read) return say.label('staffVisit.sees.nobody')
  return say.label(audience === 'confidential' ? 'staffVisit.sees.minor' : 'staffVisit.sees.family')
}

/** Asks for confirmation before a visit is cancelled. Nobody is advised to call where somebody at home must not know. */
export const cancelVisitView = (
  { say, button, card }: CardBuilder,
  {
    visit,
    number,
    when,
    safety,
    read,
    timeZone,
    now,
  }: {
    visit: Pick<Visit, 'audience' | 'version'>
    number: number
    when: string
    safety: readonly SafetyFact[]
    read: boolean
    timeZone: string
    now: Date
  },
): View => {
  const sees = whoSees(say, visit, read)
  const free = safety.length === 0 && visit.audience !== 'confidential'
  return card(
    'f-visit-cancel',
    paragraphs(
      say.t('staffVisit.cancel', { number, when, sees }),
      safetyText(say, safety, { timeZone, now }),
      free && say.t('staffVisit.cancelCall'),
      say.t('staffVisit.cancelFinal'),
    ),
    [
      [button(say.label('staffVisit.buttons.cancelNo'), 'no')],
      [button(say.label('staffVisit.buttons.cancelYes'), 'yes', String(visit.version))],
    ],
    { confidential: true },
  )
}

/** One line about a family's visit and a link; nothing of what was said. */
export const visitNewsView = (
  { say, link }: CardBuilder,
  {
    kind,
    visitId,
    ...values
  }: {
    kind: 'visit-answer' | 'visit-answer-away' | 'code-refused'
    /** Null: the reader may not open it. */
    visitId: string | null
    number: number
    when: string
    name: string
  },
): View => ({
  screen: `news.${kind}`,
  html: say.t(`staffVisit.news.${kind}`, { ...values, name: values.name }),
  rows: visitId === null ? [] : [[link(openLabel(say), 'f-visit', visitId)]],
})

const openLabel = (say: Say) => say.label('staffVisit.buttons.open')
