import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { hideChat } from '#features/hiding/hide-chat.ts'
import { hideView } from './hide-view.ts'
import { neutralLine, wordBack } from './neutral.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    hide: Stateless
  }
  interface Links {
    hide: 'hide'
  }
}

/** «Спрятать»: at once for whoever knows what it does, else explained first. Staff have nothing to hide. */
const beginHiding = async (turn: Turn, arg = ''): Promise<Step> => {
  const { who, session } = turn
  if (who?.staff?.active) return { to: { name: 'home' } }
  if (arg === 'how') return { to: { name: 'hide' } }
  const known = arg === 'now' || who?.hideExplained === true || session.hideExplained === true
  return known ? hideNow(turn) : { to: { name: 'hide' } }
}

const hideNow = async (turn: Turn): Promise<Step> => {
  const { deps, who, input, session, now } = turn
  const { account } = input
  const tapped = input.event.kind === 'tap' ? input.event.messageId : undefined
  const known = [session.cardId, session.contactHintId, input.messageId, tapped]
  const messageIds = [...(session.sent ?? []).map(({ id }) => id), ...known].filter((id) => id !== undefined)
  await turn.once((tx) => hideChat(tx, deps, { account, who, messageIds, now }))
  return hiding(turn)
}

/** What is shown from now on. Everything that was on the screen is forgotten, but for what they have said. */
export const hiding = ({ session, deps, say }: Turn): Step => {
  session.hidden = true
  session.hideExplained = true
  delete session.before
  delete session.heard
  delete session.notices
  delete session.answered
  delete session.told
  return {
    to: { name: 'home' },
    still: true,
    clear: true,
    neutral: neutralLine(deps, say.language),
    commandMenu: 'hidden',
  }
}

/** What hiding does, and what stays all the same. */
export const hideScreen = defineScreen({
  name: 'hide',
  aside: true,
  links: { hide: (turn, arg) => (['', 'now', 'how'].includes(arg) ? beginHiding(turn, arg) : null) },
  commands: {
    hide: { description: 'hide.command', menus: { everyone: 7 }, run: (turn) => beginHiding(turn) },
  },
  draw: ({ builder, deps, say, session }) => {
    session.hideExplained = true
    return hideView(builder, {
      word: wordBack(deps, say.language),
      line: neutralLine(deps, say.language),
    })
  },
})
