import { newId } from '#core/ids.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const documentEvents = ['made', 'signed', 'given'] as const
export type DocumentEvent = (typeof documentEvents)[number]

/** A date of a document; one with `correctsId` stands in the place of another row, and without `on` takes it back. */
export type DocumentDate = {
  id: string
  familyId: string
  code: string
  event: DocumentEvent
  /** ISO day. */
  on: string | null
  correctsId: string | null
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const insertDocumentDate = async (tx: Tx, row: Omit<DocumentDate, 'id'>): Promise<void> => {
  const on = row.on === null ? null : new Date(`${row.on}T00:00:00Z`)
  await tx.caseDocument.create({ data: { ...row, id: newId(), on } })
}

/** All dates of a family's documents, also corrected ones; oldest first. */
export const documentDatesOf = async (reader: Reader, familyId: string): Promise<DocumentDate[]> => {
  const rows = await readFrom(reader).caseDocument.findMany({
    where: { familyId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ on, event, ...row }) => ({
    ...row,
    event: event as DocumentEvent,
    on: on?.toISOString().slice(0, 10) ?? null,
  }))
}
