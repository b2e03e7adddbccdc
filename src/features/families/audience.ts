import type { MemberRole } from '#storage/families/family-members.ts'

export const audiences = ['family', 'adults', 'minors'] as const
export type Audience = (typeof audiences)[number]

/**
 * The audience of an activity or a visit. For `minors`, `memberIds` limits it to these; empty means all
 * minors.
 */
export type TargetAudience = { audience: Audience; memberIds: readonly string[] }

/**
 * Whether a member may see something with this audience. A minor sees what is for the whole family or for
 * them, never what is for adults or other minors. An adult sees everything.
 */
export const canSee = (
  member: { memberId: string; role: MemberRole },
  { audience, memberIds }: TargetAudience,
): boolean => {
  if (member.role !== 'minor' || audience === 'family') return true
  return audience === 'minors' && (memberIds.length === 0 || memberIds.includes(member.memberId))
}
