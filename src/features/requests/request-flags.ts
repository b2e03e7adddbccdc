import type { Reader } from '#storage/database.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { addFirstLooks } from '#storage/staff/audit.ts'

// What stands on a request's card and in lists, and tells something about a person in danger, or about a child.

type Flagged = Pick<RequestSummary, 'id' | 'applicant' | 'urgent' | 'representativeConsent'> & {
  neverCall?: boolean
  silent?: boolean
}

/** Whether a request's card alone tells that a minor asks, that somebody is in danger, or that home is unsafe. Pure. */
const hasFlags = ({ applicant, urgent, representativeConsent, neverCall, silent }: Flagged): boolean =>
  applicant === 'minor' || urgent || representativeConsent !== 'not-needed' || neverCall || silent || false

/**
 * Audits that somebody was shown these requests, as far as their cards tell anything: once a day for each reader and
 * request, because cards are drawn again and lists are polled. `familyId`: they were shown on the card of this family.
 */
export const auditFlags = async (
  reader: Reader,
  {
    requests,
    now,
    ...by
  }: { requests: readonly Flagged[]; familyId?: string; now: Date } & (
    | { staffId: string }
    | { apiKeyId: string }
  ),
): Promise<void> => {
  const requestIds = requests.filter(hasFlags).map(({ id }) => id)
  if (requestIds.length > 0) await addFirstLooks(reader, { requestIds, now, ...by })
}
