import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { capital, shortMoment, spokenMoment } from './visit-words-view.ts'

export type VisitsFacts = {
  visits: readonly (Visit & { comes: string })[]
  familyId: string
  page: number
  more: boolean
  timeZone: string
  now: Date
}

/** The next visitors and times, with a button each. */
export const visitsView = (
  builder: CardBuilder,
  { visits, familyId, page, more, ...time }: VisitsFacts,
): View => {
  const { say, link, button } = builder
  const words = { say, ...time }
  const lines = visits.map(({ startsAt, purpose, status, comes }) => {
    const when = capital(spokenMoment(words, startsAt))
    if (status === 'cancelled') return say.t('visits.cancelled', { when })
    return say.t('visits.line', { when, purpose: say.label(`visits.purposes.${purpose}`), name: comes })
  })
  const turns = pager({ say, button }, { back: page > 0 ? page - 1 : null, on: more ? page + 1 : null })
  return builder.card(
    'visits',
    paragraphs(say.t('visits.title'), ...(lines.length > 0 ? lines : [say.t('visits.none')])),
    [
      ...visits.map(({ id, startsAt }) => [link(shortMoment(words, startsAt), 'visit', id)]),
      ...(turns.length > 0 ? [turns] : []),
      ...(lines.length > 0 ? [] : [[link(say.label('home.messages'), 'messages', familyId)]]),
    ],
  )
}
