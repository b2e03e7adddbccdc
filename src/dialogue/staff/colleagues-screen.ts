import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { byId, defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { colleagueOf, colleaguesOf, replaceAccountOf } from '#features/staff/colleagues.ts'
import { colleaguesView, colleagueView, linkMinutes, lostPhoneView, newLinkView } from './colleagues-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    colleagues: z.infer<typeof colleaguesState>
    colleague: z.infer<typeof colleagueState>
  }
  interface Links {
    colleagues: 'colleagues'
    colleague: 'colleague'
  }
}

const colleaguesState = z.object({ page: z.number().int().min(0).optional() })

/** «Сотрудники»: who works in a supervisor's territories, and what they have in hand. */
export const colleaguesScreen = defineScreen({
  name: 'colleagues',
  state: colleaguesState,
  aside: true,
  varies: ['page'],
  links: {
    colleagues: ({ who }) => ({
      to: { name: who?.staff?.active && who.staff.role === 'supervisor' ? 'colleagues' : 'home' },
    }),
  },
  draw: async ({ deps, who, now, builder }, { page = 0 }) => {
    const found = await colleaguesOf(deps, { staff: who?.staff, now })
    return colleaguesView(builder, { found, page })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

/** `asking`: whether the account of a lost phone is to be ended. */
const colleagueState = z.object({ memberId: z.uuid(), asking: z.literal('lost-phone').optional() })

/** A colleague: what is theirs, giving it to others, and a lost phone. */
export const colleagueScreen = defineScreen({
  name: 'colleague',
  state: colleagueState,
  aside: true,
  links: {
    colleague: byId(async ({ deps, who, now }, memberId) => {
      await colleagueOf(deps, { staff: who?.staff, memberId, now })
      return { to: { name: 'colleague', memberId } }
    }),
  },
  afterCommit: (_, { memberId }) => ({ name: 'colleague', memberId }),
  draw: async ({ deps, who, now, builder }, { memberId, asking }) => {
    const colleague = await colleagueOf(deps, { staff: who?.staff, memberId, now })
    const { region } = deps
    return asking ? lostPhoneView(builder, colleague) : colleagueView(builder, { ...colleague, region })
  },
  tap: (turn, { memberId, asking }, tap) => {
    const card = { name: 'colleague' as const, memberId }
    if (tap.action === 'back') return { to: asking ? card : { name: 'colleagues' } }
    if (tap.action === 'no') return { to: card }
    if (tap.action === 'change' && tap.arg === 'lost-phone') return { to: { ...card, asking: tap.arg } }
    return tap.action === 'yes' && asking ? endLostPhone(turn, memberId) : null
  },
})

/** The link stands beside the card for a while: whoever reads it in time becomes this colleague. */
const endLostPhone = async (turn: Turn, memberId: string): Promise<Step> => {
  const { deps, who, now, say, builder } = turn
  const by = who?.staff
  const colleague = await colleagueOf(deps, { staff: by, memberId, now })
  if (!by) throw new DomainError('not-found')
  const account = { enqueue: deps.enqueue, botUsername: deps.botUsername() }
  const { link } = await turn.once((tx) => replaceAccountOf(tx, account, { colleague, by, now }))
  const view = newLinkView(builder, { name: colleague.member.name, link })
  return {
    to: { name: 'colleague', memberId },
    notice: say.t('colleagues.lostPhoneDone', { name: colleague.member.name }),
    aside: { view, deleteAfterMinutes: linkMinutes },
  }
}
