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
  /** The actor, or the new assignee (`assigned`). */
  staffId: string | null
  /** The API key it was done with. */
  apiKeyId: string | null
  /** Details by kind: the stage's code, the reason for closing. */
  detail: string | null
  /** Sealed: a family's or staff note, the answer to the family, or the reason for passing on. */
  text: string | null
}

export type NewRequestEvent = Pick<RequestEvent, 'requestId' | 'at' | 'kind'> & {
  staffId?: string | undefined
  apiKeyId?: string | undefined
  detail?: string | undefined
  text?: string | undefined
}

/** Adds an event and returns its id. */
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

/** Returns a request's events in chronological order. */
export const eventsOf = async (reader: Reader, requestId: string): Promise<RequestEvent[]> => {
  const rows = await readFrom(reader).requestEvent.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, kind: row.kind as RequestEventKind }))
}
