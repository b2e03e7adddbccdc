import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const requestEventKinds = [
  'submitted',
  'assigned',
  'claimed',
  'passed-on',
  'escalated',
  'note',
  'staff-note',
  'answer',
  'stage',
  'closed',
  'withdrawn',
] as const
export type RequestEventKind = (typeof requestEventKinds)[number]

export type RequestEvent = {
  id: bigint
  requestId: string
  at: Date
  kind: RequestEventKind
  /** Who did it, or to whom it was done (`assigned`). */
  staffId: string | null
  /** The API key through which it was done. */
  apiKeyId: string | null
  /** What it came to, where the kind does not say: the stage's code, why it was closed. */
  detail: string | null
  /** Sealed: a family's or the staff's note, the answer to the family, or the reason of passing on. */
  text: string | null
}

export type NewRequestEvent = Pick<RequestEvent, 'requestId' | 'at' | 'kind'> & {
  staffId?: string | undefined
  apiKeyId?: string | undefined
  detail?: string | undefined
  text?: string | undefined
}

/** Returns the event's id. */
export const addEvent = async (tx: Tx, event: NewRequestEvent): Promise<bigint> => {
  const { id } = await tx.requestEvent.create({
    data: {
      ...event,
      staffId: event.staffId ?? null,
      apiKeyId: event.apiKeyId ?? null,
      detail: event.detail ?? null,
      text: event.text ?? null,
    },
    select: { id: true },
  })
  return id
}

/** In the order in which they happened. */
export const eventsOf = async (reader: Reader, requestId: string): Promise<RequestEvent[]> => {
  const rows = await readFrom(reader).requestEvent.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, kind: row.kind as RequestEventKind }))
}
