import { DomainError } from '#core/errors.ts'
import type { About, Turn } from '#dialogue/screen.ts'
import { screenOf } from '#dialogue/screens.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { takesNotes } from '#features/requests/conversation.ts'
import { objects } from '#features/requests/objection.ts'
import { mayOpenAnew } from '#features/requests/follow-up.ts'
import { visitForMember } from '#features/visits/visits-for-member.ts'
import { sentPush } from '#storage/pushes/pushes.ts'
import { recipientOf, type StaffRecipient } from './staff-recipient.ts'

export type Destination =
  /** The member's conversation with the curator; what it is about, if that is told. `pushed`: the visit's version they read of. */
  | { kind: 'family'; familyId: string; visitId?: string; activityId?: string; pushed?: number }
  /** The open request, or a new one after the closed one. */
  | { kind: 'request' }
  /** What is said against the decision on the last request. */
  | { kind: 'objection' }
  /** The answers of the questionnaire, which nobody reads yet. */
  | { kind: 'story' }
  /** Nothing has begun: the session only. */
  | { kind: 'held' }
  /** A member of staff: to whom it obviously belongs, which they confirm first. */
  | { kind: 'staff'; to: StaffRecipient }
  /** A member of staff outside of a conversation: nobody's words are sent by mistake. */
  | { kind: 'nobody' }

/**
 * To whom words go that answer no question: to what the person replies to or looks at, else to the family's curator,
 * else to the open request.
 */
export const destinationOf = async (turn: Turn, text: string | null = null): Promise<Destination> => {
  const { who, session } = turn
  const about = await aboutOf(turn)
  if (about?.kind === 'request' && (await takesNotes(turn.deps.database, who, turn.heard?.urgent)))
    return about
  if (text !== null && (await isObjection(turn, text))) return { kind: 'objection' }
  if (await opensAnew(turn)) return { kind: 'request' }
  const named = about?.kind === 'family' && who?.families.some(({ id }) => id === about.familyId)
  if (named) return about
  if (who?.staff?.active) {
    const to = recipientOf(turn)
    return to ? { kind: 'staff', to } : { kind: 'nobody' }
  }
  if (who?.families.length) return { kind: 'family', familyId: familyForMember(who, session.familyId).id }
  if (who?.openRequest) return { kind: 'request' }
  if (who?.draft || Object.keys(turn.answers).length > 0) return { kind: 'story' }
  return (await takesNotes(turn.deps.database, who, turn.heard?.urgent))
    ? { kind: 'request' }
    : { kind: 'held' }
}

/** Words against a decision, while it is on the screen or nothing has begun since. */
const isObjection = async ({ who, session, deps, answers }: Turn, text: string): Promise<boolean> => {
  if (!who || who.staff?.active || who.families.length > 0) return false
  const begun = who.draft !== null || Object.keys(answers).length > 0
  return (!begun || session.screen.name === 'status') && objects(deps.database, deps.sealer, { who, text })
}

/** Words of danger of somebody whose request was closed, and who has begun nothing since, wait for no questions. */
const opensAnew = async ({ who, heard, deps }: Turn): Promise<boolean> =>
  heard?.urgent === true &&
  who !== null &&
  !who.staff?.active &&
  !who.openRequest &&
  !who.draft &&
  who.families.length === 0 &&
  (await mayOpenAnew(deps.database, who))

/** What a reply is about; without one, the screen. A visit or activity that the person may not see counts for nothing. */
const aboutOf = async (turn: Turn): Promise<(About & { pushed?: number }) | null> => {
  const { input, session, who } = turn
  const { screen } = session
  try {
    const replied = input.replyTo !== undefined && input.replyTo !== session.cardId && who
    const push = replied ? await sentPush(turn.deps.database, who.person.id, input.replyTo ?? '') : null
    if (!push?.familyId) return (await screenOf(screen).about?.(turn, screen)) ?? null
    const { familyId, kind, subjectId, version } = push
    if (!subjectId || !kind.startsWith('visit-')) return { kind: 'family', familyId }
    const { visit } = await visitForMember(turn.deps.database, who, subjectId)
    return { kind: 'family', familyId: visit.familyId, visitId: visit.id, pushed: version ?? 0 }
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
