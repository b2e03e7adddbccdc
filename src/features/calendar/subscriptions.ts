import { newSecret, sha256 } from '#core/ids.ts'
import type { Tx } from '#storage/database.ts'
import { replaceCalendarLink } from '#storage/calendar/calendar-links.ts'

const path = '/calendar/'

/**
 * The address under which a phone's calendar asks for a person's days (256 bits, of which only the hash is kept); the
 * one before works no more.
 */
export const newCalendarAddress = async (
  tx: Tx,
  { publicUrl, ...owner }: { publicUrl: string; personId: string; named: boolean; now: Date },
): Promise<string> => {
  const token = newSecret()
  await replaceCalendarLink(tx, { ...owner, tokenHash: sha256(token) })
  return `${publicUrl}${path}${token}.ics`
}

/** The token of an address's last part; null for what can be none. */
export const parseCalendarToken = (file: string): string | null =>
  /^([A-Za-z0-9_-]{43})\.ics$/.exec(file)?.[1] ?? null
