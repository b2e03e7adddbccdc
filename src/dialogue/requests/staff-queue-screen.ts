import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { queueForStaff } from '#features/requests/request-queue.ts'
import { isOwnStaffLink, joinStaff } from '#features/staff/join-staff.ts'
import { queueView } from './staff-queue-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    queue: z.infer<typeof queueState>
    joined: Stateless
  }
  interface Links {
    queue: 'queue'
  }
}

const pageSize = 6

const queueState = z.object({ page: z.number().int().min(0).optional() })

/** Unclaimed requests of the member's territories: urgent first, then the oldest. */
export const queueScreen = defineScreen({
  name: 'queue',
  state: queueState,
  aside: true,
  varies: ['page'],
  links: { queue: ({ who }) => ({ to: { name: who?.staff?.active ? 'queue' : 'home' } }) },
  commands: {
    queue: {
      description: 'commands.queue',
      menus: { staff: 2 },
      run: ({ who, say }) =>
        who?.staff?.active
          ? { to: { name: 'queue' } }
          : { to: { name: 'home' }, notice: say.t('card.unknownCommand') },
    },
  },
  draw: async (turn, { page = 0 }) => {
    const { deps, who, now, builder } = turn
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await queueForStaff(deps.database, deps.region, who.staff, page, pageSize)
    await auditFlags(deps.database, { requests: found.items, staffId: who.staff.id, now })
    return queueView(builder, {
      ...found,
      page,
      region: deps.region,
      now,
      supervisor: who.staff.role === 'supervisor',
    })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

const joinedTexts = {
  intake: 'staff.joined',
  curator: 'staff.joinedCurator',
  supervisor: 'staff.joinedSupervisor',
} as const

export const joinedScreen = defineScreen({
  name: 'joined',
  aside: true,
  deepLinks: { s: (turn, token) => joinByLink(turn, token) },
  draw: (turn) => {
    const { say, who, builder } = turn
    const role = who?.staff?.role ?? 'intake'
    const way =
      role === 'curator'
        ? builder.link(say.label('home.caseload'), 'f-list')
        : builder.link(say.label('home.queue'), 'queue')
    return builder.card('joined', say.t(joinedTexts[role], { name: who?.staff?.name ?? '' }), [[way]])
  },
})

const joinByLink = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, input, who, say, now } = turn
  if (await isOwnStaffLink(deps.database, who?.staff, token))
    return {
      to: { name: 'home' },
      notice: say.t('staff.alreadyHere', { name: who?.staff?.name ?? '' }),
      commandMenu: 'staff',
    }
  await turn.once((tx) => joinStaff(tx, deps, { token, account: input.account, language: say.language, now }))
  return { to: { name: 'joined' }, commandMenu: 'staff' }
}
