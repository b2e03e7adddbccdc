import { z } from 'zod'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/**
 * Why a request is urgent, as a code: `said-now` («Да, сейчас»), `short-way` («Передать центру сейчас»), `circumstance.<code>` of the region with `urgentHint`,
 * `words.<kind>` of danger, `words` of the centre's own list, `under-ten`, `by-phone`, or `by-staff` (their reason is a note). Sealed: together they tell of what somebody
 * is afraid.
 */
export type UrgentReason = string

const place = (requestId: string) => `requests.urgent_reasons.${requestId}`

export const sealReasons = (
  sealer: Sealer,
  requestId: string,
  reasons: readonly UrgentReason[],
): string | null => (reasons.length === 0 ? null : sealer.sealJson(reasons, place(requestId)))

/** Empty: it is not urgent. An urgent one from before reasons were kept was answered with «Да, сейчас». */
export const reasonsOfRequest = (
  sealer: Sealer,
  { id, urgent, urgentReasons }: Pick<Request, 'id' | 'urgent' | 'urgentReasons'>,
): UrgentReason[] => {
  if (urgentReasons === null) return urgent ? ['said-now'] : []
  return z.array(z.string()).parse(sealer.openJson(urgentReasons, place(id), []))
}
