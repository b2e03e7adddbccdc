import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { accountState, disputeAccount } from '#features/families/account-changes.ts'
import { decideAccountForStaff, memberForStaff } from '#features/families/account-for-staff.ts'
import { accountDecisions, confirmedHow } from '#storage/families/account-changes.ts'
import { readSafety } from './read-safety.ts'
import { accountHowView, accountStaffView } from './staff-account-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-account': z.infer<typeof familyAccountState>
  }
  interface Links {
    'f-account': 'family-account'
    'not-me': 'family-account'
  }
}

const decision = z.enum(accountDecisions)
const familyAccountState = z.object({ memberId: z.uuid(), decision: decision.optional() })

/**
 * A member whose account has been replaced: staff in charge speak with the person, and decide. Each decision says how they spoke,
 * and is audited.
 */
export const familyAccountScreen = defineScreen({
  name: 'family-account',
  state: familyAccountState,
  aside: true,
  links: {
    'f-account': byId(async ({ deps, who, now }, memberId) => {
      await memberForStaff(deps.database, { staff: who?.staff, memberId, now })
      return { to: { name: 'family-account', memberId } }
    }),
    /** From the account before, which is no member any more: nothing is shown but what follows. */
    'not-me': byId(async (turn, changeId) => notMe(turn, changeId)),
  },
  afterCommit: (_, { memberId }) => ({ name: 'family-account', memberId }),
  draw: async (turn, { memberId, decision: chosen }) => {
    const { deps, who, now, builder } = turn
    const found = await memberForStaff(deps.database, { staff: who?.staff, memberId, now })
    const state = accountState(found.member)
    const safety = await readSafety(turn, found.family.id)
    const facts = { ...found, state, safety, timeZone: deps.region.timeZone, now }
    return chosen ? accountHowView(builder, { ...facts, decision: chosen }) : accountStaffView(builder, facts)
  },
  tap: (turn, { memberId, decision: chosen }, tap) => {
    if (tap.action === 'back' && chosen) return { to: { name: 'family-account', memberId } }
    if (tap.action !== 'set') return null
    if (!chosen) {
      const next = decision.safeParse(tap.arg).data
      return next ? { to: { name: 'family-account', memberId, decision: next } } : null
    }
    const how = confirmedHow.find((one) => one === tap.arg)
    return how ? decide(turn, { memberId, decision: chosen, how }) : null
  },
})

const decide = async (
  turn: Turn,
  made: Omit<Parameters<typeof decideAccountForStaff>[2], 'staff' | 'now'>,
): Promise<Step> => {
  const { deps, who, now, say } = turn
  await turn.once((tx) => decideAccountForStaff(tx, deps, { ...made, staff: who?.staff, now }))
  return {
    to: { name: 'family-account', memberId: made.memberId },
    notice: say.t(`account.staff.done.${made.decision}`),
  }
}

const notMe = async (turn: Turn, changeId: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  if (!who) throw new DomainError('not-found')
  const { paused } = await turn.once((tx) =>
    disputeAccount(tx, deps, { changeId, personId: who.person.id, now }),
  )
  const { contact } = deps.organisation
  return {
    to: { name: 'home' },
    notice: say.t(paused ? 'account.notMePaused' : 'account.notMeTold', { contact }),
  }
}
