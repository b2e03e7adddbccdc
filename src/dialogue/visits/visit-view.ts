import { escapeHtml } from '#core/text.ts'
import type { Button, Picture, View } from '#dialogue/view.ts'
import type { VisitContent } from '#features/visits/visit-content.ts'
import type { VisitAnswer } from '#storage/visits/visit-answers.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { forWhom } from './for-whom-view.ts'
import { slotMoment, spokenMoment, type VisitWords, visitHead } from './visit-words-view.ts'

export type VisitFacts = {
  visit: Visit
  content: VisitContent
  /** Null if the visit is over or cancelled: no code has to be said any more. */
  code: string | null
  comes: { name: string; role: string } | null
  picture: Picture | null
  /** A member of the family has confirmed. */
  confirmed: boolean
  /** This member's latest answer. */
  said: Pick<VisitAnswer, 'kind' | 'slot'> | null
  /** Planned and not over yet. */
  ahead: boolean
  /** It begins within a day, so being late can be announced. */
  soon: boolean
  /** The visitor may be at the door now. */
  atTheDoor: boolean
  timeZone: string
  now: Date
}

/** One visit: time, purpose, place, visitor, door code and possible answers. */
export const visitView = (builder: CardBuilder, facts: VisitFacts): View => {
  const { say } = builder
  const { visit, content, code, comes, picture, timeZone, now } = facts
  const words = { say, timeZone, now }
  const html = paragraphs(
    [say.t('visit.title'), ...visitHead(words, visit)].join('\n'),
    forWhom(say, visit, 'visit'),
    ending(builder, facts),
    facts.ahead && moved(words, visit),
    [
      comes
        ? say.t('visit.comes', { name: comes.name, role: say.label(`staff.roles.${comes.role}`) })
        : say.t('visit.comesUnknown'),
      content.place ? say.t('visit.place', { place: content.place }) : say.t('visit.placeHome'),
      content.note && say.t('visit.note', { note: content.note }),
    ]
      .filter(Boolean)
      .join('\n'),
    code && say.t('visit.code', { code }),
    answered(builder, facts),
  )
  return builder.card('visit', html, visitRows(builder, facts), {
    // Code and place are confidential, so the card is deleted with the next one.
    confidential: true,
    ...(picture && { picture }),
  })
}

/** What the last move changed; the door code always. */
const moved = (words: VisitWords, { lastMove, movedFrom }: Visit): string | null =>
  lastMove &&
  words.say.t(`visit.moved.${lastMove}`, { when: movedFrom ? spokenMoment(words, movedFrom) : '' })

/** Why it can no longer be answered. */
const ending = ({ say }: CardBuilder, { visit, content, ahead }: VisitFacts): string | null => {
  if (visit.status === 'cancelled')
    return say.t('visit.cancelled') + (content.reason ? `\n${escapeHtml(content.reason)}` : '')
  if (visit.status !== 'planned') return say.t(`visit.ended.${visit.status}`)
  return ahead ? null : say.t('visit.ended.past')
}

const answered = ({ say }: CardBuilder, { said, ahead, confirmed, timeZone, now }: VisitFacts): string => {
  if (!ahead) return ''
  const own =
    said?.kind === 'other-time' && said.slot
      ? say.t('visit.said.slot', { when: spokenMoment({ say, timeZone, now }, said.slot) })
      : said && said.kind !== 'confirmed' && say.t(`visit.said.${said.kind}`)
  const all = confirmed && say.t('visit.said.confirmed')
  return [all, own].filter(Boolean).join('\n')
}

const visitRows = (
  builder: CardBuilder,
  { visit, confirmed, ahead, soon, atTheDoor }: VisitFacts,
): Button[][] => {
  const { say, button, link } = builder
  // An answer names the version that was seen.
  const answer = (kind: string) => `${kind}-${visit.version}`
  const rows: Button[][] = []
  if (atTheDoor) rows.push([button(say.label('visit.buttons.codeRefused'), 'set', answer('code-refused'))])
  if (ahead) {
    if (!confirmed) rows.push([button(say.label('visit.buttons.confirm'), 'set', answer('confirmed'))])
    rows.push([button(say.label('visit.buttons.otherTime'), 'set', answer('other-time'))])
    if (soon) rows.push([button(say.label('visit.buttons.late'), 'set', answer('late'))])
    rows.push([button(say.label('visit.buttons.call'), 'set', answer('call-me'))])
    rows.push([link(say.label('visit.buttons.calendar'), 'visit-ics', visit.id)])
  }
  return [...rows, [link(say.label('visit.buttons.all'), 'visits', visit.familyId)]]
}

type AskFacts = { visit: Visit; timeZone: string; now: Date }

/** The visitor's free hours; or the family says it in its own words. */
export const slotsView = (
  builder: CardBuilder,
  { slots, visit, ...time }: AskFacts & { slots: readonly Date[] },
): View => {
  const { say, button } = builder
  const words = { say, ...time }
  const html = paragraphs(
    say.t('visitTime.title'),
    say.t('visitTime.now', { when: spokenMoment(words, visit.startsAt) }),
    say.t(slots.length > 0 ? 'visitTime.choose' : 'visitTime.noSlots'),
  )
  return builder.card('visit-slots', html, [
    ...slots.map((slot) => [button(slotMoment(words, slot), 'set', String(slot.getTime() / 1000))]),
    [button(say.label('visitTime.buttons.words'), 'write')],
  ])
}

export const lateView = (builder: CardBuilder, minutes: readonly number[]): View =>
  builder.card('visit-late', paragraphs(builder.say.t('visitLate.title'), builder.say.t('visitLate.hint')), [
    ...minutes.map((count) => [
      builder.button(builder.say.label('visitLate.options.minutes', { count }), 'set', String(count)),
    ]),
  ])

/** The visitor did not say the code: what to do at the door now. */
export const doorView = (
  builder: CardBuilder,
  { visitId, contact }: { visitId: string; contact: string },
): View =>
  builder.card('visit-door', builder.say.t('visitDoor.title', { contact }), [
    [builder.link(builder.say.label('visitDoor.buttons.visit'), 'visit', visitId)],
  ])
