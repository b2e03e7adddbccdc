import type { View } from '#dialogue/view.ts'
import type { MemberRole } from '#storage/family-members.ts'
import type { Pen } from '../pen.ts'

export type UnreachableFacts = { number: number; role: MemberRole }

/** A member of a family gets no messages any more: who it is by their role, and what can be done. */
export const unreachableView = ({ say }: Pen, { number, role }: UnreachableFacts): View => ({
  screen: 'family-card.unreachable',
  html: say.t('unreachable.text', { number, role: say.label(`unreachable.roles.${role}`) }),
  rows: [],
})
