import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** In the order of the alphabet. */
export const alarmingWords = async (reader: Reader): Promise<string[]> =>
  (await readFrom(reader).alarmingWord.findMany({ orderBy: { word: 'asc' } })).map(({ word }) => word)

/** Keeps these words and no others. */
export const saveAlarmingWords = async (tx: Tx, words: readonly string[], now: Date): Promise<void> => {
  await tx.alarmingWord.deleteMany({ where: { word: { notIn: [...words] } } })
  const data = words.map((word) => ({ word, createdAt: now }))
  await tx.alarmingWord.createMany({ data, skipDuplicates: true })
}
