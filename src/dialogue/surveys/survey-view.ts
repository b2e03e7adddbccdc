import { crisisLines, type HeardFacts } from '#dialogue/home/heard-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { spokenMoment } from '../visits/visit-words-view.ts'

export type InvitationFacts = {
  invitationId: string
  title: string
  /** How many there are at most, and how long they take (min). */
  questions: number
  minutes: number
  begun: boolean
  /** How many questions of the current path are open. */
  left: number
  /** «среды, 9 декабря» */
  until: string
}

/** The subject, the duration, the readers, and that it is voluntary. */
export const invitationView = (builder: CardBuilder, facts: InvitationFacts): View => {
  const { say, button, link } = builder
  const { invitationId, title, questions, minutes, begun, left, until } = facts
  const html = paragraphs(
    say.t('survey.title', {
      title,
      questions: say.label('survey.questions', { count: questions }),
      minutes: say.label('survey.minutes', { count: minutes }),
    }),
    say.t('survey.readers'),
    say.t('survey.after'),
    begun ? say.t('survey.begun', { left, until }) : say.t('survey.until', { until }),
  )
  return builder.card('survey', html, [
    [button(say.label(begun ? 'survey.resume' : 'survey.start'), 'yes')],
    [
      link(say.label('survey.later'), 'survey-later', invitationId),
      link(say.label('survey.never'), 'survey-off', invitationId),
    ],
  ])
}

/** Offers a word from somebody other than the curator. */
export const rescueView = (builder: CardBuilder): View => {
  const { say, button } = builder
  return builder.card('survey-rescue', say.t('survey.rescue.title'), [
    [button(say.label('survey.rescue.yes'), 'yes')],
    [button(say.label('survey.rescue.no'), 'no')],
  ])
}

/** The crisis numbers come first; the answer is stored all the same. */
export const surveyCrisisView = (builder: CardBuilder, familyId: string, crisis: HeardFacts): View => {
  const { say, button, link } = builder
  const html = paragraphs(crisisLines(say, crisis), say.t('survey.heavy'))
  return builder.card('survey-heavy', html, [
    [button(say.label('survey.heavyYes'), 'set', 'write')],
    [button(say.label('survey.next'), 'yes')],
    [link(say.label('messages.write'), 'messages', familyId)],
  ])
}

export type EndFacts = {
  how: 'finished' | 'declined' | 'expired'
  /** The person has opted out of surveys. */
  off: boolean
  /** At least one question was answered. */
  begun: boolean
  contact: boolean
  /** The promised day of a word from somebody else; null if not asked for or already given. */
  rescueUntil: string | null
  organisation: { contact: string }
}

/** What is done, what comes next, and how to reverse it. */
export const endView = (builder: CardBuilder, facts: EndFacts): View => {
  const { say, link } = builder
  const { how, off, begun, contact, rescueUntil, organisation } = facts
  const settings = [[link(say.label('home.settings'), 'settings')]]
  const promised = rescueUntil !== null && say.t('survey.end.promised', { until: rescueUntil })
  if (how === 'finished')
    return builder.card(
      'survey-end',
      paragraphs(
        say.t('survey.end.thanks'),
        say.t('survey.end.next'),
        contact && say.t('survey.end.contact'),
        promised,
        off ? say.t('survey.end.off') : say.t('survey.end.mind', { contact: organisation.contact }),
      ),
      settings,
      { back: false },
    )
  const declined = off ? 'survey.end.off' : 'survey.end.declined'
  return builder.card(
    'survey-end',
    paragraphs(
      say.t(how === 'declined' ? declined : 'survey.end.expired'),
      how === 'expired' && off && say.t('survey.end.off'),
      begun && say.t('survey.end.kept'),
      promised,
    ),
    how === 'declined' || off ? settings : [],
    { back: false },
  )
}

export type LaterFacts = {
  invitationId: string
  /** When the reminder comes; null if pushes are off. */
  at: Date | null
  until: string
  timeZone: string
  now: Date
}

export const laterView = (
  builder: CardBuilder,
  { invitationId, at, until, timeZone, now }: LaterFacts,
): View => {
  const { say, link } = builder
  const rows: Button[][] = [[link(say.label('survey.now'), 'survey', invitationId)]]
  const when = at && spokenMoment({ say, timeZone, now }, at)
  const html = paragraphs(
    when === null ? say.t('survey.put.silent', { until }) : say.t('survey.put.title', { when }),
    say.t('survey.put.menu'),
  )
  return builder.card('survey-later', html, rows, { back: false })
}
