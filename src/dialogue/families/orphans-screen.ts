import { z } from 'zod'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import type { Button, View } from '#dialogue/view.ts'
import { shortMoment } from '#dialogue/visits/visit-words-view.ts'
import { orphansFor, spreadOrphans } from '#features/families/spread-orphans.ts'
import type { OrphanList } from '#storage/staff/staff-work.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    orphans: z.infer<typeof orphansState>
  }
  interface Links {
    orphans: 'orphans'
  }
}

const orphansState = z.object({
  page: z.number().int().min(0).optional(),
  asking: z.literal('evenly').optional(),
})

const pageSize = 6

/** Families that nobody curates and visits that nobody will make: one by one, or all at once by a supervisor. */
export const orphansScreen = defineScreen({
  name: 'orphans',
  state: orphansState,
  aside: true,
  varies: ['page'],
  links: {
    orphans: ({ who }) => ({
      to: { name: who?.staff?.active && who.staff.role !== 'curator' ? 'orphans' : 'home' },
    }),
  },
  afterCommit: () => ({ name: 'orphans' }),
  draw: async (turn, { page = 0, asking }) => {
    const { deps, who, now, builder } = turn
    const found = await orphansFor(deps.database, deps.region, { staff: who?.staff, now })
    const gives = who?.staff?.role === 'supervisor'
    if (asking && gives) return askView(builder, found)
    return orphansView(builder, { found, gives, page, timeZone: deps.region.timeZone, now })
  },
  tap: (turn, { page, asking }, tap) => {
    const list = { name: 'orphans' as const, ...(page !== undefined && { page }) }
    if (tap.action === 'no' || (tap.action === 'back' && asking)) return { to: list }
    // Not to whatever was left unfinished before: a supervisor came from the list of colleagues.
    if (tap.action === 'back' && turn.who?.staff?.role === 'supervisor') return { to: { name: 'colleagues' } }
    if (tap.action === 'change') return { to: { ...list, asking: 'evenly' } }
    return tap.action === 'yes' && asking ? spread(turn) : turnPage(list, tap)
  },
})

type Facts = { found: OrphanList; gives: boolean; page: number; timeZone: string; now: Date }

const orphansView = (builder: CardBuilder, { found, gives, page, timeZone, now }: Facts): View => {
  const { say, link, button } = builder
  const { families, visits } = found
  const rows: Button[][] = [
    // Whoever may not give them opens the card.
    ...families.map(({ id, number }) => [
      link(say.label('families.one', { number }), gives ? 'f-give' : 'f-card', id),
    ]),
    ...visits.map(({ id, familyId, number, startsAt }) => {
      const when = shortMoment({ say, timeZone, now }, startsAt)
      const label = say.label('orphans.visit', { number, when })
      return [gives ? link(label, 'v-give', id) : link(label, 'f-card', familyId)]
    }),
  ]
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < rows.length ? page + 1 : null,
  })
  const html =
    rows.length === 0
      ? say.t('orphans.none')
      : paragraphs(
          say.t('orphans.title'),
          [
            say.t('orphans.families', { number: families.length }),
            say.t('orphans.visits', { number: visits.length }),
          ].join('\n'),
          say.t(gives ? 'orphans.what' : 'orphans.whatIntake'),
        )
  return builder.card('orphans', html, [
    ...rows.slice(page * pageSize, (page + 1) * pageSize),
    ...(turns.length > 0 ? [turns] : []),
    ...(gives && rows.length > 0 ? [[button(say.label('colleagues.evenly'), 'change')]] : []),
  ])
}

const askView = ({ say, button, card }: CardBuilder, { families, visits }: OrphanList): View =>
  card(
    'orphans.evenly',
    paragraphs(
      say.t('orphans.evenly', { families: families.length, visits: visits.length }),
      say.t('colleagues.familiesLearn'),
    ),
    [[button(say.label('colleagues.handYes'), 'yes')], [button(say.label('orphans.no'), 'no')]],
  )

const spread = async (turn: Turn): Promise<Step> => {
  const { deps, who, now, say } = turn
  const staff = who?.staff
  const orphans = await orphansFor(deps.database, deps.region, { staff, now })
  const { given, left } = await turn.once((tx) => spreadOrphans(tx, deps, { staff, orphans, now }))
  const notice = [
    say.t('orphans.given', { number: given }),
    ...(left > 0 ? [say.t('colleagues.handedLeft', { number: left })] : []),
  ]
  return { to: { name: 'orphans' }, notice: notice.join(' ') }
}
