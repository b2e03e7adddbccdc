import type { RequestSummary } from '#storage/requests/requests.ts'

// Which two requests may be merged, and which one stays (ADR 98).

type Merged = Pick<RequestSummary, 'id' | 'personId' | 'applicant' | 'source' | 'status' | 'claimedById'>

/**
 * Why a request is not closed as the duplicate of another. `minor`: what a child asked for is never part of what an adult asked
 * for. `other-account`: somebody else reads the bot for an answer, and must neither be left without one nor learn of the other
 * request. `claimed`: the one that somebody has taken stays. `closed`: one of them is over.
 */
export type MergeProblem = 'same' | 'closed' | 'minor' | 'other-account' | 'claimed'

const isOpen = ({ status }: Merged): boolean => status === 'submitted' || status === 'claimed'

/** Pure. Null: they may be merged. */
export const mergeProblem = (kept: Merged, duplicate: Merged): MergeProblem | null => {
  if (kept.id === duplicate.id) return 'same'
  if (!isOpen(kept) || !isOpen(duplicate)) return 'closed'
  if (crossesMinor(kept, duplicate)) return 'minor'
  if (!mayLoseTheirs(kept, duplicate)) return 'other-account'
  return duplicate.status === 'claimed' && kept.status !== 'claimed' ? 'claimed' : null
}

/** An outsider's words may join a child's request: they are told of neither. A child's join none but their own. */
const crossesMinor = (kept: Merged, duplicate: Merged): boolean => {
  if (duplicate.applicant === 'minor') return kept.applicant !== 'minor'
  return kept.applicant === 'minor' && duplicate.applicant !== 'other-person'
}

/** Whoever wrote the duplicate reads of the other one themselves, reads nothing in the bot, or learns nothing in any case. */
const mayLoseTheirs = (kept: Merged, { personId, source, applicant }: Merged): boolean =>
  personId === kept.personId || source !== 'bot' || applicant === 'other-person'
