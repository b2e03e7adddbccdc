import { DomainError } from '#core/errors.ts'
import type { Screen } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { queueView } from './staff-queue-view.ts'
import { queueForStaff } from '#features/requests/request-queue.ts'

const pageSize = 6

/** Unclaimed requests of the member's territories: urgent first, then the oldest. */
export const queueScreen: Screen<'queue'> = {
  draw: async (turn, { page = 0 }) => {
    const { deps, who, say, session, now } = turn
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await queueForStaff(deps.database, deps.region, who.staff, page, pageSize)
    return queueView(createPen(say, session.revision), {
      ...found,
      page,
      region: deps.region,
      now,
      supervisor: who.staff.role === 'supervisor',
    })
  },
  tap: (_, __, tap) =>
    tap.action === 'page' && /^\d{1,4}$/.test(tap.arg)
      ? { to: { name: 'queue', page: Number(tap.arg) } }
      : null,
}

const joinedTexts = {
  intake: 'staff.joined',
  curator: 'staff.joinedCurator',
  supervisor: 'staff.joinedSupervisor',
} as const

export const joinedScreen: Screen<'joined'> = {
  draw: (turn) => {
    const { say, who, session } = turn
    const pen = createPen(say, session.revision)
    const role = who?.staff?.role ?? 'intake'
    const way =
      role === 'curator'
        ? pen.link(say.label('home.caseload'), 'f-list')
        : pen.link(say.label('home.queue'), 'queue')
    return pen.card('joined', say.t(joinedTexts[role], { name: who?.staff?.name ?? '' }), [[way]])
  },
}
