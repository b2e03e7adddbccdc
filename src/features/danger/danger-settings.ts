import { sha256 } from '#core/ids.ts'
import { alarmingWords } from '#storage/danger/alarming-words.ts'
import type { Reader } from '#storage/database.ts'
import { entriesForCaller, type ListedEntry } from './danger-api.ts'

export type DangerSettings = {
  words: string[]
  entries: ListedEntry[]
  /** Names both lists as they are: who changes them says what they saw. */
  mark: string
}

/** Both lists of words of danger, as the centre has them. */
export const dangerSettings = async (reader: Reader): Promise<DangerSettings> => {
  const [words, entries] = [await alarmingWords(reader), await entriesForCaller(reader)]
  const off = entries.filter(({ on }) => !on).map(({ id }) => id)
  return { words, entries, mark: sha256(JSON.stringify([words, off])) }
}
