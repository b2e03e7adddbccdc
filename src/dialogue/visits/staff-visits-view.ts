import type { View } from '#dialogue/view.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { type Pen, paragraphs } from '../card-builder.ts'
import { capital, shortMoment, spokenMoment } from './visit-words-view.ts'

type Time = { timeZone: string; now: Date }
type Pages = { page: number; more: boolean }

/** What a member of staff has ahead. */
export const ownVisitsView = (
  pen: Pen,
  { items, page, more, ...time }: Time & Pages & { items: readonly (Visit & { familyNumber: number })[] },
): View => {
  const { say } = pen
  const words = { say, ...time }
  const lines = items.map(({ startsAt, purpose, familyNumber }) =>
    say.t('staffVisit.line', {
      when: capital(spokenMoment(words, startsAt)),
      number: familyNumber,
      purpose: say.label(`visits.purposes.${purpose}`),
    }),
  )
  const html = paragraphs(
    say.t('staffVisit.mine'),
    ...(lines.length > 0 ? lines : [say.t('staffVisit.mineNone')]),
  )
  return pen.card('my-visits', html, rowsOf(pen, words, items, { page, more }))
}

/** A family's visits: the last month's and those ahead. */
export const familyVisitsView = (
  pen: Pen,
  {
    items,
    family: { id, number },
    page,
    more,
    ...time
  }: Time & Pages & { items: readonly Visit[]; family: { id: string; number: number } },
): View => {
  const { say, link } = pen
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
    ...(lines.length > 0 ? lines : [say.t('staffVisit.familyNone')]),
  )
  return pen.card('f-visits', html, [
    ...rowsOf(pen, words, items, { page, more }),
    [link(say.label('caseload.card'), 'f-card', id)],
  ])
}

const rowsOf = (
  { say, link, button }: Pen,
  words: Parameters<typeof shortMoment>[0],
  items: readonly Visit[],
  { page, more }: Pages,
) => {
  const turns = [
    ...(page > 0 ? [button(`‹ ${say.label('question.pageBack')}`, 'page', String(page - 1))] : []),
    ...(more ? [button(`${say.label('question.pageOn')} ›`, 'page', String(page + 1))] : []),
  ]
  const visits = items.map(({ id, startsAt }) => [link(shortMoment(words, startsAt), 'f-visit', id)])
  return [...visits, ...(turns.length > 0 ? [turns] : [])]
}
