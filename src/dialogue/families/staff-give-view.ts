import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import type { View } from '#dialogue/view.ts'
import type { Taker } from '#features/families/takers.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { Visit } from '#storage/visits/visits.ts'

const pageSize = 8

type Facts = {
  family: Family
  /** Null: the family itself is given. */
  visit: Visit | null
  takers: readonly Taker[]
  chosen: Taker | null
  /** Somebody of the family reads it in the bot. */
  read: boolean
  page: number
  region: Region
  now: Date
}

/** Whom to give it to, with how many families they have; then what becomes of it. Nothing personal. */
export const giveFamilyView = (builder: CardBuilder, facts: Facts): View => {
  const { say, button } = builder
  const { family, visit, takers, chosen, read, page, region, now } = facts
  const { number } = family
  const when = visit ? spokenMoment({ say, timeZone: region.timeZone, now }, visit.startsAt) : ''
  const of = visit ? 'visit' : 'family'
  const line = ({ name, families, away, serves }: Taker) =>
    say.t(away ? 'handing.takerAway' : serves ? 'handing.taker' : 'handing.takerElsewhere', {
      name,
      number: families,
    })
  if (chosen)
    return builder.card(
      'family-give',
      paragraphs(
        say.t(`handing.to.${of}`, { number, when, name: chosen.name }),
        say.t(read ? `handing.learns.${of}` : 'handing.learns.nobody'),
      ),
      [[button(say.label('handing.yes'), 'yes')], [button(say.label('act.giveNo'), 'no')]],
    )
  const shown = takers.slice(page * pageSize, (page + 1) * pageSize)
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < takers.length ? page + 1 : null,
  })
  return builder.card(
    'family-give',
    paragraphs(
      say.t(`handing.whom.${of}`, { number, when }),
      takers.length === 0 ? say.t('handing.nobody') : shown.map(line).join('\n'),
    ),
    [...shown.map(({ id, name }) => [button(name, 'set', id)]), ...(turns.length > 0 ? [turns] : [])],
  )
}
