import type { Staff } from '#features/requests/cases.ts'
import type { ListedWork } from './request-list.ts'

/** What is to be done next with a request, by this reader. */
export const nextActs = ['check', 'claim', 'answer', 'decide', 'open'] as const
export type NextAct = (typeof nextActs)[number]

/** The one next step that a line offers. What waits for somebody else is opened before it is taken from them. Pure. */
export const nextActOf = (
  { status, checkOpen, assignedToId, claimedById, promisedAt, need }: ListedWork,
  { id }: Pick<Staff, 'id'>,
): NextAct => {
  if (checkOpen) return 'check'
  if (status === 'submitted' && (assignedToId === null || assignedToId === id)) return 'claim'
  if (status !== 'claimed' || claimedById !== id) return 'open'
  if (promisedAt !== null) return 'answer'
  return need === 'overdue' || need === 'soon' ? 'decide' : 'open'
}
