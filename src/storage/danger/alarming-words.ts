import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Returns the list of alarming words in alphabetical order. */
export const alarmingWords = async (reader: Reader): Promise<string[]> =>
  (await readFrom(reader).alarmingWord.findMany({ orderBy: { word: 'asc' } })).map(({ word }) => word)

/** Replaces the list of alarming words. */
export const saveAlarmingWords = async (tx: Tx, words: readonly string[], now: Date): Promise<void> => {
  await tx.alarmingWord.deleteMany({ where: { word: { notIn: [...words] } } })
  const data = words.map((word) => ({ word, createdAt: now }))
  await tx.alarmingWord.createMany({ data, skipDuplicates: true })
}
