import type { Reader } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

/** The centre's own words, and the built-in entries that it has switched off. */
export type DangerLists = { words: readonly string[]; off: ReadonlySet<string> }

/** Reads both lists in one statement. */
export const dangerLists = async (reader: Reader): Promise<DangerLists> => {
  const rows = await directFrom(reader)<{ list: 'word' | 'off'; value: string }>`
    SELECT 'word' AS list, word AS value FROM alarming_words
    UNION ALL SELECT 'off', entry FROM danger_entries_off`
  const of = (wanted: 'word' | 'off') => rows.filter(({ list }) => list === wanted).map(({ value }) => value)
  return { words: of('word'), off: new Set(of('off')) }
}
