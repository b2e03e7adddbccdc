import type { View } from '#dialogue/view.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { type Pen, paragraphs } from '../card-builder.ts'
import { capital, shortMoment, spokenMoment } from './visit-words-view.ts'

export type VisitsFacts = {
  visits: readonly (Visit & { comes: string })[]
  familyId: string
  page: number
  more: boolean
  timeZone: string
  now: Date
}

/** Who comes next, and when; a button each. */
export const visitsView = (pen: Pen, { visits, familyId, page, more, ...time }: VisitsFacts): View => {
  const { say, link, button } = pen
  const words = { say, ...time }
  const lines = visits.map(({ startsAt, purpose, status, comes }) => {
    const when = capital(spokenMoment(words, startsAt))
    if (status === 'cancelled') return say.t('visits.cancelled', { when })
    return say.t('visits.line', { when, purpose: say.label(`visits.purposes.${purpose}`), name: comes })
  })
  const turns = [
    ...(page > 0 ? [button(`‹ ${say.label('question.pageBack')}`, 'page', String(page - 1))] : []),
    ...(more ? [button(`${say.label('question.pageOn')} ›`, 'page', String(page + 1))] : []),
  ]
  return pen.card(
    'visits',
    paragraphs(say.t('visits.title'), ...(lines.length > 0 ? lines : [say.t('visits.none')])),
    [
      ...visits.map(({ id, startsAt }) => [link(shortMoment(words, startsAt), 'visit', id)]),
      ...(turns.length > 0 ? [turns] : []),
      ...(lines.length > 0 ? [] : [[link(say.label('home.messages'), 'messages', familyId)]]),
    ],
  )
}
