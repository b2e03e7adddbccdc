import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { linkMs, newConsoleAddress } from '#features/console/console-access.ts'
import { deskLinkView, deskView } from './desk-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    desk: Stateless
  }
  interface Links {
    desk: 'desk'
  }
}

const minutes = linkMs / 60_000

/** «Рабочее место»: leads a member of staff to the console. */
export const deskScreen = defineScreen({
  name: 'desk',
  aside: true,
  links: { desk: ({ who }) => ({ to: { name: who?.staff?.active ? 'desk' : 'home' } }) },
  commands: {
    desk: {
      description: 'console.bot.command',
      menus: { staff: 7 },
      run: ({ who, say }) =>
        who?.staff?.active
          ? { to: { name: 'desk' } }
          : { to: { name: 'home' }, notice: say.t('card.unknownCommand') },
    },
  },
  draw: (turn) => {
    memberOf(turn)
    return deskView(turn.builder, { reachable: turn.deps.pagesUrl !== undefined, minutes })
  },
  tap: (turn, _, tap) => (tap.action === 'set' && tap.arg === 'link' ? giveLink(turn) : null),
})

const memberOf = ({ who }: Turn): string => {
  if (!who?.staff?.active) throw new DomainError('not-found')
  return who.staff.id
}

/** Gives a one-time link, which is deleted from the chat when it expires. */
const giveLink = async (turn: Turn): Promise<Step | null> => {
  const { deps, say, now } = turn
  const { pagesUrl } = deps
  const staffId = memberOf(turn)
  if (pagesUrl === undefined) return null
  const { address } = await turn.once((tx) => newConsoleAddress(tx, deps, { pagesUrl, staffId, now }))
  const view = deskLinkView(say, { address, minutes })
  return { to: { name: 'desk' }, aside: { view, deleteAfterMinutes: minutes }, fresh: true }
}
