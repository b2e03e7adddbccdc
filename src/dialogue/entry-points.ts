import type { LinkTap } from './callback-data.ts'
import type { FollowLink, Menu, Screen, ScreenCommand, Step, Turn } from './screen.ts'
import { allScreens } from './screens.ts'

// Entry points into screens: links on buttons, commands and deep links, collected from the definitions.

/** Throws when two screens claim one name. */
const collect = <T>(
  what: string,
  pick: (screen: Screen) => Record<string, T> | undefined,
): Map<string, T> => {
  const found = new Map<string, T>()
  for (const [name, value] of allScreens.flatMap((screen) => Object.entries(pick(screen) ?? {}))) {
    if (found.has(name)) throw new Error(`two screens define the ${what} «${name}»`)
    found.set(name, value)
  }
  return found
}

const links = collect<FollowLink>('link', (screen) => screen.links)
/** For tests: every link that some screen defines. */
export const linkActions: readonly string[] = [...links.keys()]

const commands = collect<ScreenCommand>('command', (screen) => screen.commands)
const deepLinks = collect('deep link', (screen) => screen.deepLinks)

export type MenuItem = { command: string; description: string }

const inMenu = (menu: Menu): MenuItem[] =>
  [...commands]
    .flatMap(([command, { menus, description }]) => {
      const place = menus[menu]
      return place === undefined ? [] : [{ place, item: { command, description } }]
    })
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)

/** The command menus in their order: staff have their own, members of families have commands besides. */
export const menus = {
  everyone: inMenu('everyone'),
  /** Nobody asks for help at work. */
  staff: inMenu('staff'),
  family: [...inMenu('family'), ...inMenu('everyone')],
} as const satisfies Record<Menu, readonly MenuItem[]>

/** Null for an unknown link or a forged argument. A link on another message draws the live card anew below it. */
export const followLink = async (turn: Turn, { action, arg }: LinkTap): Promise<Step | null> => {
  const step = await links.get(action)?.(turn, arg)
  if (!step) return null
  if (step.still) return step
  const { event } = turn.input
  const { tapped: _, ...onLiveCard } = step
  return event.kind === 'tap' && event.messageId !== turn.session.cardId
    ? { ...step, fresh: true }
    : onLiveCard
}

export const runCommand = async (turn: Turn, name: string, payload: string): Promise<Step | null> => {
  if (name === 'start' && payload !== '') return openDeepLink(turn, payload)
  // Whoever begins anew has not declined the invitation, and would have to find its link again.
  if (name === 'start' && turn.session.screen.name === 'join') return { to: turn.session.screen, fresh: true }
  const command = commands.get(name)
  if (!command) return { to: turn.session.screen, notice: turn.say.t('card.unknownCommand') }
  return command.run(turn)
}

const openDeepLink = async (turn: Turn, payload: string): Promise<Step> => {
  const [, prefix = '', token = ''] = /^([a-z]+)_([A-Za-z0-9_-]{22})$/.exec(payload) ?? []
  const open = deepLinks.get(prefix)
  return open ? open(turn, token) : { to: { name: 'home' }, notice: turn.say.t('card.unknownLink') }
}
