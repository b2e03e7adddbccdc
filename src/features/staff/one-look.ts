import type { Reader } from '#storage/database.ts'
import { type AuditLook, hasBeenAudited } from '#storage/staff/audit.ts'

/** An open page that draws itself anew is the same look for so long (ms). */
const oneLookMs = 15 * 60_000

/** Whether a page that is drawn anew belongs to a look that has been audited just now. */
export const isSameLook = (reader: Reader, look: AuditLook, now: Date): Promise<boolean> =>
  hasBeenAudited(reader, { ...look, since: new Date(now.getTime() - oneLookMs) })
