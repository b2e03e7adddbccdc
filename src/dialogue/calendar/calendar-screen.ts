import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { newCalendarAddress } from '#features/calendar/subscriptions.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { calendarLinkOf, revokeCalendarLinks, setCalendarNamed } from '#storage/calendar/calendar-links.ts'
import type { Snapshot } from '#storage/people.ts'
import { calendarLinkView, calendarView } from './calendar-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    calendar: Stateless
  }
  interface Links {
    calendar: 'calendar'
  }
}

/** How long the link stays in the chat (minutes). */
const linkMinutes = 15

const to = { name: 'calendar' } as const

/** The calendar subscription to what a member may see of their families. */
export const calendarScreen = defineScreen({
  name: 'calendar',
  aside: true,
  links: { calendar: () => ({ to }) },
  draw: async (turn) => {
    const { deps, now, builder } = turn
    const link = await calendarLinkOf(deps.database, memberOf(turn).person.id)
    return calendarView(builder, {
      link,
      reachable: deps.publicUrl !== undefined,
      timeZone: deps.region.timeZone,
      now,
    })
  },
  tap: (turn, _, tap) => {
    if (tap.action !== 'set') return null
    switch (tap.arg) {
      case 'link':
        return giveLink(turn)
      case 'named':
        return setNamed(turn, true)
      case 'plain':
        return setNamed(turn, false)
      case 'off':
        return revoke(turn)
      default:
        return null
    }
  },
})

/** Throws `not-found` for a non-member. */
const memberOf = ({ who, session }: Turn): Snapshot => {
  familyForMember(who, session.familyId)
  if (!who) throw new DomainError('not-found')
  return who
}

/** Replaces the subscription link and shows it once; the setting of names is kept. */
const giveLink = async (turn: Turn): Promise<Step | null> => {
  const { deps, say, now } = turn
  const { publicUrl } = deps
  if (publicUrl === undefined) return null
  const personId = memberOf(turn).person.id
  const address = await turn.once(async (tx) => {
    const before = await calendarLinkOf(tx, personId)
    return newCalendarAddress(tx, { publicUrl, personId, named: before?.named ?? false, now })
  })
  const view = calendarLinkView(say, { address, minutes: linkMinutes })
  return { to, aside: { view, deleteAfterMinutes: linkMinutes }, fresh: true }
}

const setNamed = async (turn: Turn, named: boolean): Promise<Step> => {
  const personId = memberOf(turn).person.id
  await turn.once((tx) => setCalendarNamed(tx, personId, named))
  return { to, toast: turn.say.label(named ? 'calendar.nowNamed' : 'calendar.nowPlain') }
}

const revoke = async (turn: Turn): Promise<Step> => {
  const personId = memberOf(turn).person.id
  await turn.once((tx) => revokeCalendarLinks(tx, personId, turn.now))
  return { to, toast: turn.say.label('calendar.revoked') }
}
