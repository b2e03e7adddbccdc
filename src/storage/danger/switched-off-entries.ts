import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Returns the ids of the built-in entries that the centre has switched off. */
export const switchedOffEntries = async (reader: Reader): Promise<ReadonlySet<string>> =>
  new Set((await readFrom(reader).dangerEntryOff.findMany()).map(({ entry }) => entry))

/** Replaces the list of entries that are switched off. */
export const saveSwitchedOff = async (tx: Tx, entries: readonly string[], now: Date): Promise<void> => {
  await tx.dangerEntryOff.deleteMany({ where: { entry: { notIn: [...entries] } } })
  const data = entries.map((entry) => ({ entry, createdAt: now }))
  await tx.dangerEntryOff.createMany({ data, skipDuplicates: true })
}
