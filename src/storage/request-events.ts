import { type Reader, readFrom, type Tx } from './database.ts'

export const requestEventKinds = ['submitted', 'claimed', 'passed-on', 'note', 'answer', 'withdrawn'] as const
export type RequestEventKind = (typeof requestEventKinds)[number]

export type RequestEvent = {
  id: bigint
  requestId: string
  at: Date
  kind: RequestEventKind
  staffId: string | null
  /** Sealed: a family's note, or the reason of passing on. */
  text: string | null
}

export type NewRequestEvent = Omit<RequestEvent, 'id' | 'staffId' | 'text'> & {
  staffId?: string
  text?: string
}

export const addEvent = async (tx: Tx, event: NewRequestEvent): Promise<void> => {
  await tx.requestEvent.create({ data: event })
}

/** In the order in which they happened. */
export const eventsOf = async (reader: Reader, requestId: string): Promise<RequestEvent[]> => {
  const rows = await readFrom(reader).requestEvent.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, kind: row.kind as RequestEventKind }))
}
