import { newSecret, sha256 } from '#core/ids.ts'
import type { Tx } from '#storage/database.ts'
import { replaceCalendarLink } from '#storage/calendar/calendar-links.ts'

const path = '/calendar/'

/**
 * Creates the subscription URL of a person's calendar (a secret of 256 bits, stored as a hash) and revokes
 * the previous one.
 */
export const newCalendarAddress = async (
  tx: Tx,
  { publicUrl, ...owner }: { publicUrl: string; personId: string; named: boolean; now: Date },
): Promise<string> => {
  const token = newSecret()
  await replaceCalendarLink(tx, { ...owner, tokenHash: sha256(token) })
  return `${publicUrl}${path}${token}.ics`
}

/** Extracts the token from the last path segment of a subscription URL; null if malformed. */
export const parseCalendarToken = (file: string): string | null =>
  /^([A-Za-z0-9_-]{43})\.ics$/.exec(file)?.[1] ?? null
