import type { Reader, Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

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
  'urgent',
  'not-urgent',
  'safety-checked',
  'called',
  /** On the one that is closed as a duplicate, on the one that stays, and on both when it is taken back; `detail`: the other's number. */
  'duplicate',
  'merged',
  'separated',
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
  /** Sealed: a family's or staff note, why it is not urgent, the answer to the family, or the reason for passing on. */
  text: string | null
  /** Sealed JSON: what the family sent with a note. */
  file: string | null
  /** What the file is, if neither a photo nor a document. */
  fileKind: string | null
  /** Staff of whom a note speaks: it is not shown to them. */
  hiddenFrom: string[]
  /** Staff who were told of a staff note. */
  mentioned: string[]
  /** Staff of whom a staff note complains: it is not shown to them. */
  keptFrom: string[]
}

export type NewRequestEvent = Pick<RequestEvent, 'requestId' | 'at' | 'kind'> & {
  staffId?: string | undefined
  apiKeyId?: string | undefined
  detail?: string | undefined
  text?: string | undefined
  file?: string | undefined
  fileKind?: string | null | undefined
  hiddenFrom?: string[] | undefined
  mentioned?: string[] | undefined
  keptFrom?: string[] | undefined
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
      file: event.file ?? null,
      fileKind: event.fileKind ?? null,
      hiddenFrom: event.hiddenFrom ?? [],
      mentioned: event.mentioned ?? [],
      keptFrom: event.keptFrom ?? [],
    },
    select: { id: true },
  })
  return id
}

/** Staff from whom a line of the request is kept. */
export const hiddenFromInRequest = async (reader: Reader, requestId: string): Promise<string[]> => {
  const rows = await directFrom(reader)<{ id: string }>`
    SELECT DISTINCT unnest(hidden_from)::text AS id FROM request_events
    WHERE request_id = ${requestId}::uuid AND cardinality(hidden_from) > 0`
  return rows.map(({ id }) => id)
}

/** Open requests of others of which a line is kept from somebody, each with who has it. */
export const openRequestsKeptFrom = (
  reader: Reader,
  staffId: string,
): Promise<{ id: string; assignedToId: string | null }[]> =>
  directFrom(reader)<{ id: string; assignedToId: string | null }>`
    SELECT DISTINCT r.id::text AS id, r.assigned_to_id::text AS "assignedToId"
    FROM requests r JOIN request_events e ON e.request_id = r.id
    WHERE r.status IN ('submitted', 'claimed') AND ${staffId}::uuid = ANY (e.hidden_from)
      AND r.assigned_to_id IS DISTINCT FROM ${staffId}::uuid`

/** Returns a request's events in chronological order. */
export const eventsOf = async (reader: Reader, requestId: string): Promise<RequestEvent[]> => {
  const rows = await directFrom(reader)<RequestEvent>`
    SELECT id, request_id AS "requestId", at, kind, staff_id AS "staffId", api_key_id AS "apiKeyId", detail, text, file,
      file_kind AS "fileKind", hidden_from::text[] AS "hiddenFrom",
      mentioned::text[] AS mentioned, kept_from::text[] AS "keptFrom"
    FROM request_events WHERE request_id = ${requestId}::uuid ORDER BY id`
  return rows.map((row) => ({ ...row, id: BigInt(row.id) }))
}
