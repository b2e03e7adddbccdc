import type { Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { type MarkedSubject, setMarks } from '#storage/worklist/search-marks.ts'
import { marksOf, nothingMark } from './search-terms.ts'

/** Makes somebody findable by name and phone, in the transaction that stores or changes them. */
export const markForSearch = (
  tx: Tx,
  sealer: Sealer,
  subject: MarkedSubject,
  person: { name?: string | undefined; phone?: string | undefined },
): Promise<void> => {
  const marks = marksOf(sealer, person)
  // Who has neither is marked as looked at.
  return setMarks(tx, subject, {
    marks: marks.length > 0 ? marks : [nothingMark(sealer)],
    key: sealer.ids[0] ?? '',
  })
}
