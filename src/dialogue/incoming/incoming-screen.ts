import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { staffRights } from '#features/families/family-access.ts'
import { incomingForStaff, linkForStaff, refuteForStaff } from '#features/incoming/incoming-for-staff.ts'
import { longestUnconfirmed } from '#features/incoming/settle-incoming.ts'
import { askOfIncomingView, incomingView, numberIn } from './incoming-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'incoming-one': z.infer<typeof incomingState>
  }
  interface Links {
    'in-one': 'incoming-one'
  }
}

/** `ask`: which answer is being typed. */
const incomingState = z.object({
  id: z.uuid(),
  ask: z.enum(['family', 'reason']).optional(),
  problem: z.string().optional(),
})

/** One message about a family; every access is audited. Its family, or that it was not confirmed, is typed in one line. */
export const incomingScreen = defineScreen({
  name: 'incoming-one',
  state: incomingState,
  aside: true,
  varies: ['problem'],
  links: { 'in-one': byId((_, id) => ({ to: { name: 'incoming-one', id } })) },
  afterCommit: (_, { id }) => ({ name: 'incoming-one', id }),
  draw: async ({ deps, who, now, builder }, { id, ask, problem }) => {
    const as = { staff: who?.staff, id, now }
    const found = await deps.database.transaction((tx) => incomingForStaff(tx, deps, as))
    if (ask) return askOfIncomingView(builder, { number: found.incoming.number, ask, problem })
    const rights = found.family && (await staffRights(deps.database, who?.staff, found.family, { now }))
    return incomingView(builder, {
      ...found,
      mayOpen: rights?.has('card') === true,
      region: deps.region,
      now,
    })
  },
  tap: (_, { id, ask }, tap) => {
    if (tap.action === 'back' && ask) return { to: { name: 'incoming-one', id } }
    if (tap.action !== 'set' || ask) return null
    return tap.arg === 'family' || tap.arg === 'reason'
      ? { to: { name: 'incoming-one', id, ask: tap.arg } }
      : null
  },
  words: (turn, { id, ask }, text) => {
    if (ask === 'family') return linkFamily(turn, id, text)
    return ask === 'reason' ? refute(turn, id, text) : null
  },
})

const linkFamily = async (turn: Turn, id: string, text: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const number = numberIn(text)
  const again: Step = { to: { name: 'incoming-one', id, ask: 'family', problem: 'noFamily' } }
  if (number === null) return again
  try {
    const family = await turn.once((tx) => linkForStaff(tx, deps, { staff: who?.staff, id, number, now }))
    return {
      to: { name: 'incoming-one', id },
      notice: say.t('incoming.linked', { number: family.number }),
    }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return again
    throw error
  }
}

const refute = async (turn: Turn, id: string, reason: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  if (countCharacters(reason) > longestUnconfirmed)
    return { to: { name: 'incoming-one', id, ask: 'reason', problem: 'tooLong' } }
  await turn.once((tx) => refuteForStaff(tx, deps, { staff: who?.staff, id, reason, now }))
  return { to: { name: 'incoming-one', id }, notice: say.t('incoming.refuted') }
}
