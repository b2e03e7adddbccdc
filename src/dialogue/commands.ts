import { joinStaff } from '#features/staff/join-staff.ts'
import type { Step, Turn } from './screen.ts'
import { openFamilyInvitation } from './families/join-screen.ts'
import { openPlan } from './plan/plan-links.ts'
import { openMessages } from './messages/message-links.ts'
import { openVisits } from './visits/visit-links.ts'

/** The commands of the menu, in its order; staff and members of families have their own besides. */
export const commands = ['start', 'menu', 'status', 'help', 'language', 'cancel'] as const
export const staffCommands = ['queue', 'visits', 'families', ...commands] as const
export const familyCommands = ['visits', 'plan', 'messages', 'settings', ...commands] as const

const inviteLink = /^s_([A-Za-z0-9_-]{22})$/
const familyLink = /^f_([A-Za-z0-9_-]{22})$/

export const runCommand = async (turn: Turn, name: string, payload: string): Promise<Step | null> => {
  switch (name) {
    case 'start':
      return payload === '' ? { to: { name: 'home' } } : openLink(turn, payload)
    case 'menu':
      return { to: { name: 'home' } }
    case 'help':
      return { to: { name: 'help' } }
    case 'language':
      return { to: { name: 'language' } }
    case 'status':
      return { to: { name: 'status' } }
    case 'plan':
      return openPlan(turn)
    case 'messages':
      return openMessages(turn)
    case 'visits':
      return openVisits(turn)
    case 'settings':
      return { to: { name: 'settings' } }
    case 'cancel':
      return { to: turn.who?.draft || turn.session.answers ? { name: 'cancel' } : { name: 'cancelled' } }
    case 'families':
      return openFamilies(turn)
    case 'queue':
      return turn.who?.staff?.active
        ? { to: { name: 'queue' } }
        : { to: { name: 'home' }, notice: turn.say.t('card.unknownCommand') }
    default:
      return { to: turn.session.screen, notice: turn.say.t('card.unknownCommand') }
  }
}

/** Staff are led to the families that they look after, members to those that they are in. */
const openFamilies = ({ who, say }: Turn): Step => {
  if (who?.staff?.active) return { to: { name: 'caseload' } }
  if (who && who.families.length > 0) return { to: { name: 'families' } }
  return { to: { name: 'home' }, notice: say.t('card.unknownCommand') }
}

/** A deep link invites into the staff or into a family. Any other says kindly that it leads nowhere. */
const openLink = async (turn: Turn, payload: string): Promise<Step> => {
  const family = familyLink.exec(payload)?.[1]
  if (family) return openFamilyInvitation(turn, family)
  const token = inviteLink.exec(payload)?.[1]
  if (!token) return { to: { name: 'home' }, notice: turn.say.t('card.unknownLink') }
  await turn.once((tx) =>
    joinStaff(tx, turn.deps, {
      token,
      account: turn.input.account,
      language: turn.say.language,
      now: turn.now,
    }),
  )
  return { to: { name: 'joined' }, commandMenu: 'staff' }
}
