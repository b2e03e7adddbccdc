import {
  type AttachedFile,
  type MessageContent,
  openSealedFile,
  sealFile,
} from '#features/messages/message-files.ts'
import { keepByWord } from '#features/promises/promise.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { listStaff } from '#storage/staff/staff.ts'

/** A text written about a request after its submission. */
export type RequestLine = {
  at: Date
  /**
   * `note`: by the family; `answer`: by the specialist; `passed-on` and `not-urgent` (reasons) and `staff-note`: for staff
   * only.
   */
  kind: 'note' | 'answer' | 'passed-on' | 'staff-note' | 'not-urgent'
  staffId: string | null
  /** Empty if only a file was sent. */
  text: string
  /** The event's id: by it the file is opened. */
  id: string
  file: AttachedFile | null
}

const hasWords = (kind: RequestEvent['kind']): kind is RequestLine['kind'] =>
  kind === 'note' ||
  kind === 'answer' ||
  kind === 'passed-on' ||
  kind === 'staff-note' ||
  kind === 'not-urgent'

/** The texts among the events, decrypted, oldest first. */
export const requestLines = (sealer: Sealer, events: readonly RequestEvent[]): RequestLine[] =>
  events.flatMap(({ id, kind, text, at, staffId, requestId, ...sent }) =>
    hasWords(kind) && (text !== null || sent.file !== null)
      ? [
          {
            ...{ kind, at, staffId, id: String(id) },
            text: text === null ? '' : sealer.open(text, textAt(requestId)),
            file: openSealedFile(sealer, fileAt(requestId), sent),
          },
        ]
      : [],
  )

const textAt = (requestId: string): string => `request_events.text.${requestId}`
const fileAt = (requestId: string): string => `request_events.file.${requestId}`

/** What a family says about its request, sealed for an event. */
export const sealedNote = (sealer: Sealer, requestId: string, { text, file }: MessageContent) => ({
  ...(text !== null && { text: sealer.seal(text, textAt(requestId)) }),
  ...(file !== null && sealFile(sealer, fileAt(requestId), file)),
})

/** Whoever wrote about another family may add to a closed request, too, so that they do not learn that it is. */
export const mayAddLater = ({ applicant, status }: Pick<RequestSummary, 'applicant' | 'status'>): boolean =>
  applicant === 'other-person' && status === 'closed'

/** Whether what the person says may join their latest request: an open one, or for an outsider a closed one, too. */
export const takesNotes = async (reader: Reader, who: Snapshot | null): Promise<boolean> => {
  if (!who || who.openRequest) return who !== null
  const request = await latestRequestOf(reader, who.person.id)
  return request !== null && mayAddLater(request)
}

/** The conversation of the family and its specialist about the latest request, without staff notes. */
export const conversationForMember = async (
  database: Database,
  sealer: Sealer,
  who: Snapshot | null,
): Promise<{ number: string; open: boolean; lines: (RequestLine & { name: string })[] } | null> => {
  const request = who && (await latestRequestOf(database, who.person.id))
  if (!request) return null
  const lines = requestLines(sealer, await eventsOf(database, request.id)).filter(
    ({ kind }) => kind === 'note' || kind === 'answer',
  )
  const names = new Map((await listStaff(database)).map(({ id, name }) => [id, name]))
  return {
    number: request.number,
    open: request.status === 'submitted' || request.status === 'claimed' || mayAddLater(request),
    lines: lines.map((line) => ({ ...line, name: names.get(line.staffId ?? '') ?? '' })),
  }
}

/**
 * Writes to the family as the specialist who has the request, in the bot or through the API; the family is
 * notified. Returns the event's id.
 */
export const writeToFamily = async (
  tx: Tx,
  { sealer, enqueue }: { sealer: Sealer; enqueue: Enqueue },
  {
    requestId,
    staffId,
    apiKeyId,
    text,
    now,
  }: { requestId: string; staffId: string; apiKeyId?: string; text: string; now: Date },
): Promise<bigint> => {
  const sealed = sealer.seal(text, textAt(requestId))
  const id = await addEvent(tx, { requestId, at: now, kind: 'answer', staffId, apiKeyId, text: sealed })
  await keepByWord(tx, { requestId }, now)
  await enqueue(tx, 'family-notice', { requestId, notice: 'answer' })
  return id
}
