import { DomainError } from '#core/errors.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { alarmingWords, saveAlarmingWords } from '#storage/danger/alarming-words.ts'
import { saveSwitchedOff, switchedOffEntries } from '#storage/danger/switched-off-entries.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { normalizeListWord } from './alarming-words.ts'
import { dangerEntries } from './danger-entries.ts'
import type { DangerEntry } from './danger-kinds.ts'

// What keys of the staff API, and administrators in the console, may do with the lists. They apply to all territories, and every change is
// audited.

/** A key, or an administrator. */
export type ListChanger = Pick<Caller, 'keyId' | 'territories'> | { staffId: string }

export type ListedEntry = Pick<DangerEntry, 'id' | 'kind' | 'level'> & { on: boolean }

/** The built-in entries, and which of them are switched on. */
export const entriesForCaller = async (reader: Reader): Promise<ListedEntry[]> => {
  const off = await switchedOffEntries(reader)
  return dangerEntries.map(({ id, kind, level }) => ({ id, kind, level, on: !off.has(id) }))
}

/** Sets which built-in entries are switched off. Throws `not-allowed` for a key limited to territories. */
export const switchEntriesOff = async (
  tx: Tx,
  { caller, off, now }: { caller: ListChanger; off: readonly string[]; now: Date },
): Promise<ListedEntry[]> => {
  mustReachAll(caller)
  await saveSwitchedOff(tx, off, now)
  await addAudit(tx, { at: now, action: 'words.changed', ...actorOf(caller) })
  return entriesForCaller(tx)
}

/**
 * Replaces the centre's list of alarming words; invalid words are dropped. Throws `not-allowed` for a key limited to
 * territories.
 */
export const replaceAlarmingWords = async (
  tx: Tx,
  { caller, words, now }: { caller: ListChanger; words: readonly string[]; now: Date },
): Promise<string[]> => {
  mustReachAll(caller)
  await saveAlarmingWords(tx, [...new Set(words.flatMap((word) => normalizeListWord(word) ?? []))], now)
  await addAudit(tx, { at: now, action: 'words.changed', ...actorOf(caller) })
  return alarmingWords(tx)
}

const actorOf = (caller: ListChanger) =>
  'keyId' in caller ? { apiKeyId: caller.keyId } : { staffId: caller.staffId }

const mustReachAll = (caller: ListChanger): void => {
  if ('keyId' in caller && caller.territories !== 'all') throw new DomainError('not-allowed')
}
