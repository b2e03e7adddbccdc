import type { Member, MemberRole } from '#storage/families/family-members.ts'

/** `confidential`: minors named one by one. For everybody else of the family it does not exist (ADR 33). */
export const audiences = ['family', 'adults', 'minors', 'confidential'] as const
export type Audience = (typeof audiences)[number]

/** What staff and other systems read where they choose an audience. */
export const audienceMeaning =
  '`family`: everybody. `adults`: hidden from minors. `minors`: for minors, and **adults of the family see it too**. ' +
  '`confidential`: only the minors in `memberIds`; no adult of the family can see it or infer it'

/**
 * The audience of an activity or a visit. For `minors`, `memberIds` limits it to these; empty means all
 * minors. For `confidential` it names the only people of the family who know of it.
 */
export type TargetAudience = { audience: Audience; memberIds: readonly string[] }

/** A member as far as audiences go. */
export type Viewer = {
  memberId: string
  role: MemberRole
  /** Whether their account replaced another one and staff have not confirmed it yet. */
  unconfirmed: boolean
}

export const viewerOf = ({
  id,
  role,
  unconfirmedSince,
}: Pick<Member, 'id' | 'role' | 'unconfirmedSince'>) => ({
  memberId: id,
  role,
  unconfirmed: unconfirmedSince !== null,
})

/**
 * Whether a member may see something with this audience. A minor sees what is for the whole family or for
 * them, never what is for adults or other minors. An adult sees everything but what is confidential. An account that nobody
 * has confirmed yet may be an adult's: nothing confidential is for it.
 */
export const canSee = (member: Viewer, { audience, memberIds }: TargetAudience): boolean => {
  if (audience === 'confidential')
    return member.role === 'minor' && !member.unconfirmed && memberIds.includes(member.memberId)
  if (member.role !== 'minor' || audience === 'family') return true
  return audience === 'minors' && (memberIds.length === 0 || memberIds.includes(member.memberId))
}

/**
 * Of the data of an event about what a member told staff: a minor's conversation, opinions and answers are kept from the
 * adults of the family, whatever they are about.
 */
export const privacyOf = ({ role }: { role: MemberRole }): { confidential?: true } =>
  role === 'minor' ? { confidential: true } : {}

/** Of an event's data: tells other systems to keep it from the adults of the family. */
export const secrecy = ({ audience }: Pick<TargetAudience, 'audience'>): { confidential?: true } =>
  audience === 'confidential' ? { confidential: true } : {}
