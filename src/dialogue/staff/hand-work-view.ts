import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { View } from '#dialogue/view.ts'
import type { Colleague } from '#features/staff/colleagues.ts'

/** Who could take it; `has`: how many families or open requests are theirs already. */
type WorkTaker = { id: string; name: string; absent: boolean; has: number }

const pageSize = 8

type Facts = { colleague: Colleague; takers: readonly WorkTaker[]; state: StateOf<'hand-work'> }

/** To whom; once that is said, what becomes of it and, for requests, the question why. */
export const handWorkView = (builder: CardBuilder, facts: Facts): View => {
  const { to } = facts.state
  const chosen = facts.takers.find(({ id }) => id === to)
  return to === 'evenly' || chosen ? confirmView(builder, facts, chosen ?? null) : listView(builder, facts)
}

const countsOf = ({ say }: CardBuilder, { colleague: { member, work }, state }: Facts): string =>
  state.what === 'families'
    ? say.t('colleagues.ofFamilies', {
        name: member.name,
        families: work.families.length,
        visits: work.visits.length,
      })
    : say.t('colleagues.ofRequests', { name: member.name, requests: work.requests.length })

const listView = (builder: CardBuilder, facts: Facts): View => {
  const { say, button } = builder
  const { takers, state } = facts
  const { page = 0 } = state
  const shown = takers.slice(page * pageSize, (page + 1) * pageSize)
  const lines = shown.map(({ name, absent, has }) =>
    say.t(absent ? 'colleagues.takerAway' : 'colleagues.taker', { name, number: has }),
  )
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < takers.length ? page + 1 : null,
  })
  return builder.card(
    'hand-work',
    paragraphs(
      countsOf(builder, facts),
      say.t(takers.length === 0 ? 'colleagues.noTaker' : `colleagues.whom.${state.what}`),
      lines.join('\n'),
    ),
    [
      ...(takers.length > 0 ? [[button(say.label('colleagues.evenly'), 'set', 'evenly')]] : []),
      ...shown.map(({ id, name }) => [button(name, 'set', id)]),
      ...(turns.length > 0 ? [turns] : []),
    ],
  )
}

const confirmView = (builder: CardBuilder, facts: Facts, chosen: WorkTaker | null): View => {
  const { say, button } = builder
  const { what, problem } = facts.state
  const to = chosen ? chosen.name : say.label('colleagues.evenlyTo')
  const families = what === 'families'
  return builder.card(
    'hand-work',
    paragraphs(
      problem && `⚠️ ${say.t(`question.problems.${problem}`)}`,
      countsOf(builder, facts),
      say.t('colleagues.to', { name: to }),
      say.t(families ? 'colleagues.familiesLearn' : 'colleagues.requestsWhy'),
    ),
    families
      ? [[button(say.label('colleagues.handYes'), 'yes')], [button(say.label('act.giveNo'), 'no')]]
      : [[button(say.label('act.giveNo'), 'no')]],
  )
}
