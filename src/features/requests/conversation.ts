import { DomainError } from '#core/errors.ts'
import {
  type AttachedFile,
  type MessageContent,
  openSealedFile,
  sealFile,
} from '#features/messages/message-files.ts'
import { keepByWord } from '#features/promises/promise.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { ownDuplicatesOf } from '#storage/requests/duplicates.ts'
import { addEvent, eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import {
  findRequest,
  latestRequestOf,
  otherOpenOutsiders,
  type RequestSummary,
  setTalkSeen,
} from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { listStaff } from '#storage/staff/staff.ts'
import { latestAsOwn } from './as-own.ts'
import { isHiddenFrom } from './note-apart.ts'
import { isCheckOpen } from './safety-check.ts'

/** A text written about a request after its submission. */
export type RequestLine = {
  at: Date
  /**
   * `note`: by the family; `answer`: by the specialist; `passed-on`, `not-urgent` and `withdrawn` on paper (reasons) and
   * `staff-note`: for staff only.
   */
  kind: 'note' | 'answer' | 'passed-on' | 'staff-note' | 'not-urgent' | 'withdrawn'
  staffId: string | null
  /** Empty if only a file was sent. */
  text: string
  /** The event's id: by it the file is opened. */
  id: string
  file: AttachedFile | null
  /** Staff of whom it speaks, and who do not see it. */
  hiddenFrom: string[]
  /** Of a staff note: who was told of it, and of whom it complains. */
  mentioned: string[]
  keptFrom: string[]
}

const hasWords = (kind: RequestEvent['kind']): kind is RequestLine['kind'] =>
  kind === 'note' ||
  kind === 'answer' ||
  kind === 'passed-on' ||
  kind === 'staff-note' ||
  kind === 'not-urgent' ||
  kind === 'withdrawn'

/** The texts among the events, decrypted, oldest first; without those that are kept from `reader`. */
export const requestLines = (
  sealer: Sealer,
  events: readonly RequestEvent[],
  reader?: string,
): RequestLine[] =>
  events.flatMap(({ id, kind, text, at, staffId, requestId, hiddenFrom, mentioned, keptFrom, ...sent }) =>
    hasWords(kind) &&
    (text !== null || sent.file !== null) &&
    (reader === undefined || !(isHiddenFrom({ hiddenFrom }, reader) || keptFrom.includes(reader)))
      ? [
          {
            ...{ kind, at, staffId, id: String(id) },
            text: text === null ? '' : sealer.open(text, textAt(requestId)),
            file: openSealedFile(sealer, fileAt(requestId), sent),
            hiddenFrom,
            mentioned,
            keptFrom,
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

/**
 * Somebody wrote it about another family, and it has been read: from then on it looks the same to them whatever becomes of
 * it, and they may begin another one.
 */
export const isReadOutsiders = ({ applicant, status, waitingSince }: OutsidersFacts): boolean =>
  applicant === 'other-person' && status !== 'withdrawn' && (status !== 'submitted' || waitingSince !== null)

type OutsidersFacts = Pick<RequestSummary, 'applicant' | 'status' | 'waitingSince'>

export const isOpen = ({ status }: Pick<RequestSummary, 'status'>): boolean =>
  status === 'submitted' || status === 'claimed'

/** What is said about it is read: for an outsider also after it was closed, of which they learn nothing. */
export const isHeard = (request: RequestSummary): boolean => isOpen(request) || isReadOutsiders(request)

/** An outsider may always add, so that they do not learn what has become of it; and a withdrawn one may still be checked. */
export const mayAddLater = (request: OutsidersFacts & Pick<RequestSummary, 'safetyCheck'>): boolean =>
  isReadOutsiders(request) || isCheckOpen(request)

/** Whether what the person says may join their latest request. `urgent`: words of danger reach whoever checks, whatever shows. */
export const takesNotes = async (reader: Reader, who: Snapshot | null, urgent = false): Promise<boolean> => {
  if (!who || who.openRequest) return who !== null
  const request = await (urgent ? latestRequestOf : latestAsOwn)(reader, who.person.id)
  return request !== null && mayAddLater(request)
}

/** Whether the person has last written about another family. */
export const isOutsidersLast = async (reader: Reader, who: Snapshot | null): Promise<boolean> =>
  who !== null && (await latestRequestOf(reader, who.person.id))?.applicant === 'other-person'

/**
 * Events of the latest request, and of earlier ones about another family that are still open: words to them are not lost. Of
 * what was merged into it (`merged`), the person's own words and the answers to them stay.
 */
export const talkEvents = async (
  reader: Reader,
  request: RequestSummary,
  { merged = ownDuplicatesOf(reader, request.id), events = eventsOf(reader, request.id) } = {},
): Promise<RequestEvent[]> => {
  const [others, own, latest] = await Promise.all([otherOpenOutsiders(reader, request), merged, events])
  const ids = [...others, ...own.map(({ id }) => id)]
  const all = await Promise.all(ids.map((id) => eventsOf(reader, id)))
  return [...all.flat(), ...latest].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
}

/** Whether the centre has written what the family has not opened yet. Pure. */
export const hasUnread = (
  { talkSeenAt }: Pick<RequestSummary, 'talkSeenAt'>,
  events: readonly Pick<RequestEvent, 'kind' | 'at'>[],
): boolean => events.some(({ kind, at }) => kind === 'answer' && !(talkSeenAt && at <= talkSeenAt))

/** The conversation of the family and its specialist about the latest request, without staff notes; from now on it is read. */
export const conversationForMember = async (
  database: Database,
  sealer: Sealer,
  who: Snapshot | null,
  now: Date,
): Promise<{ number: string; open: boolean; lines: (RequestLine & { name: string })[] } | null> => {
  const request = who && (await latestAsOwn(database, who.person.id))
  if (!request) return null
  const events = await talkEvents(database, request)
  if (hasUnread(request, events))
    await database.transaction((tx) => setTalkSeen(tx, request.personId, latestOf(now, events)))
  const lines = requestLines(sealer, events).filter(({ kind }) => kind === 'note' || kind === 'answer')
  const names = new Map((await listStaff(database)).map(({ id, name }) => [id, name]))
  return {
    number: request.number,
    open: isOpen(request) || mayAddLater(request),
    lines: lines.map((line) => ({ ...line, name: names.get(line.staffId ?? '') ?? '' })),
  }
}

/** Clocks of two instances may differ: what is shown now is read. */
const latestOf = (now: Date, events: readonly RequestEvent[]): Date => {
  const last = events.at(-1)
  return last && last.at > now ? last.at : now
}

/**
 * Writes to the family as the specialist who has the request, in the bot or through the API; the family is
 * notified. Returns the event's id. Throws `not-allowed` if it did not come by the bot: nobody would read it.
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
  const request = await findRequest(tx, requestId)
  if (request && request.source !== 'bot') throw new DomainError('not-allowed')
  if (!request) throw new DomainError('not-found')
  const own = await sealerOf(tx, sealer, { person: request.personId })
  const sealed = own.seal(text, textAt(requestId))
  const id = await addEvent(tx, { requestId, at: now, kind: 'answer', staffId, apiKeyId, text: sealed })
  await keepByWord(tx, { requestId }, now)
  await enqueue(tx, 'family-notice', { requestId, notice: 'answer' })
  return id
}
