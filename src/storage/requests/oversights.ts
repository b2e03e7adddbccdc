import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type Oversight = {
  id: string
  requestId: string
  staffId: string /** Sealed. */
  reason: string
  at: Date
}

export const insertOversight = async (tx: Tx, oversight: Oversight): Promise<void> => {
  await tx.oversight.create({ data: oversight })
}

/** Whether a supervisor has said since a moment why they open a request. */
export const hasOverseen = async (
  reader: Reader,
  { requestId, staffId, since }: { requestId: string; staffId: string; since: Date },
): Promise<boolean> =>
  (await readFrom(reader).oversight.count({ where: { requestId, staffId, at: { gte: since } } })) > 0
