import { decodeTap } from '#dialogue/callback-data.ts'
import type { Turn } from '#dialogue/screen.ts'

/** To whom a member of staff may be writing: a member of a family, or the family of a request. */
export type StaffRecipient = { memberId: string } | { requestId: string }

/**
 * To whom words of staff obviously belong: to whom the notice leads to which they reply, else whose conversation or request
 * is open on the card, else whose request they took or called from a notice just now. Null if there is nobody, or more than one.
 */
export const recipientOf = ({ input, session, now }: Turn): StaffRecipient | null => {
  // A reply to something else is never for whoever happens to be on the screen.
  if (input.replyTo !== undefined && input.replyTo !== session.cardId)
    return fromLinks(input.replyLinks ?? [])
  const { screen } = session
  if (screen.name === 'thread') return { memberId: screen.memberId }
  if (screen.name === 'case') return { requestId: screen.requestId }
  if (screen.name === 'staff-send') return screen.to
  const { acted } = session
  return acted && now.getTime() - acted.at < actedMs ? { requestId: acted.requestId } : null
}

/** How long what is typed may still belong to the notice that was used last; to whom it goes is confirmed in any case. */
const actedMs = 10 * 60_000

const ofRequests: readonly string[] = ['card', 'story', 'details', 'take', 'write', 'contact']
const id = /^[0-9a-f-]{36}$/

const fromLinks = (links: readonly string[]): StaffRecipient | null => {
  const taps = links.flatMap((data) => decodeTap(data) ?? []).filter((tap) => tap.revision === null)
  const named = (actions: readonly string[]) => [
    ...new Set(
      taps.filter(({ action, arg }) => actions.includes(action) && id.test(arg)).map(({ arg }) => arg),
    ),
  ]
  const [members, requests] = [named(['thread']), named(ofRequests)]
  const [memberId] = members
  const [requestId] = requests
  if (memberId !== undefined && members.length === 1 && requests.length === 0) return { memberId }
  return requestId !== undefined && requests.length === 1 && members.length === 0 ? { requestId } : null
}
