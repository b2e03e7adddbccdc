import type { MemberRole } from '#storage/families/family-members.ts'

export const audiences = ['family', 'adults', 'minors'] as const
export type Audience = (typeof audiences)[number]

/** For whom an activity or a visit is. `memberIds`, of `minors`: these alone; empty: all of them. */
export type TargetAudience = { audience: Audience; memberIds: readonly string[] }

/**
 * Whether a member sees what is for these. A minor sees what is for the whole family or for them, never what is for
 * the adults, nor what is for another minor; an adult sees everything that the family is told of.
 */
export const canSee = (
  member: { memberId: string; role: MemberRole },
  { audience, memberIds }: TargetAudience,
): boolean => {
  if (member.role !== 'minor' || audience === 'family') return true
  return audience === 'minors' && (memberIds.length === 0 || memberIds.includes(member.memberId))
}
