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
  /** How many of what is asked so far are open. */
  left: number
  /** «среды, 9 декабря» */
  until: string
}

/** What it is about, how long it takes, who reads it, and that nobody has to. */
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

/** Somebody other than the curator may write: offered, and nothing else. */
export const rescueView = (builder: CardBuilder): View => {
  const { say, button } = builder
  return builder.card('survey-rescue', say.t('survey.rescue.title'), [
    [button(say.label('survey.rescue.yes'), 'yes')],
    [button(say.label('survey.rescue.no'), 'no')],
  ])
}

/** Where to call comes first; what was answered is kept all the same. */
export const heavyView = (builder: CardBuilder, familyId: string): View => {
  const { say, button, link } = builder
  const html = paragraphs(say.t('crisis.title'), say.t('crisis.numbers'), say.t('survey.heavy'))
  return builder.card('survey-heavy', html, [
    [button(say.label('survey.heavyYes'), 'set', 'write')],
    [button(say.label('survey.next'), 'yes')],
    [link(say.label('messages.write'), 'messages', familyId)],
  ])
}

export type EndFacts = {
  how: 'finished' | 'declined' | 'expired'
  /** No survey comes to the person. */
  off: boolean
  /** Something was answered. */
  begun: boolean
  contact: boolean
  /** By when somebody other than the curator writes; null: nobody was asked for, or they have. */
  rescueUntil: string | null
  organisation: { contact: string }
}

/** What is done, what comes next, and how to change one's mind. */
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
  /** When it comes again; null: nothing is pushed to the person. */
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
