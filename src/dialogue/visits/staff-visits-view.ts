import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import type { View } from '#dialogue/view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { CadenceKept } from '#features/visits/cadence-parts.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { cadenceKeptText } from './cadence-view.ts'
import { capital, shortMoment, spokenMoment } from './visit-words-view.ts'

type Time = { timeZone: string; now: Date }
type Pages = { page: number; more: boolean }

/** The visits of a member of staff: those that wait to be marked, then the upcoming ones. */
export const ownVisitsView = (
  builder: CardBuilder,
  { items, page, more, ...time }: Time & Pages & { items: readonly (Visit & { familyNumber: number })[] },
): View => {
  const { say } = builder
  const words = { say, ...time }
  const lines = items.map(({ startsAt, endsAt, purpose, familyNumber }) =>
    say.t(endsAt > time.now ? 'staffVisit.line' : 'staffVisit.unmarked', {
      when: capital(spokenMoment(words, startsAt)),
      number: familyNumber,
      purpose: say.label(`visits.purposes.${purpose}`),
    }),
  )
  const html = paragraphs(
    say.t('staffVisit.mine'),
    ...(lines.length > 0 ? lines : [say.t('staffVisit.mineNone')]),
  )
  return builder.card('my-visits', html, rowsOf(builder, words, items, { page, more }))
}

/** A family's visits of the last month and of the future. */
export const familyVisitsView = (
  builder: CardBuilder,
  {
    items,
    family: { id, number },
    open,
    safety,
    cadence,
    page,
    more,
    ...time
  }: Time &
    Pages & {
      items: readonly Visit[]
      /** Null: nothing is asked for, or another page is shown. */
      cadence: CadenceKept | null
      family: { id: string; number: number }
      /** It is still supported. */
      open: boolean
      safety: readonly SafetyFact[]
    },
): View => {
  const { say, link } = builder
  const words = { say, ...time }
  const lines = items.map(({ startsAt, purpose, status }) =>
    say.t('staffVisit.familyLine', {
      when: capital(spokenMoment(words, startsAt)),
      purpose: say.label(`visits.purposes.${purpose}`),
      status: say.label(`staffVisit.status.${status}`),
    }),
  )
  const html = paragraphs(
    say.t('staffVisit.family', { number }),
    safetyText(say, safety, time),
    cadence && cadenceKeptText(say, cadence, time),
    ...(lines.length > 0 ? lines : [say.t('staffVisit.familyNone')]),
  )
  return builder.card('f-visits', html, [
    ...rowsOf(builder, words, items, { page, more }),
    ...(open ? [[link(say.label('planVisit.newButton'), 'f-visit-new', id)]] : []),
    [link(say.label('caseload.card'), 'f-card', id)],
  ])
}

const rowsOf = (
  { say, link, button }: CardBuilder,
  words: Parameters<typeof shortMoment>[0],
  items: readonly Visit[],
  { page, more }: Pages,
) => {
  const turns = pager({ say, button }, { back: page > 0 ? page - 1 : null, on: more ? page + 1 : null })
  const visits = items.map(({ id, startsAt }) => [link(shortMoment(words, startsAt), 'f-visit', id)])
  return [...visits, ...(turns.length > 0 ? [turns] : [])]
}
