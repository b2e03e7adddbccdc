import { DomainError } from '#core/errors.ts'
import type { Alarm } from '#features/danger/ear.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { announce } from '#features/webhooks/announce.ts'
import { consentsOf } from '#storage/consents/consents.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { findRequest, latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import { sealedNote } from './conversation.ts'
import { keptFromFollowUp } from './note-apart.ts'
import { openRequest } from './open-request.ts'
import { type Content, openContact, openContent } from './request-content.ts'
import type { StepDeps } from './request-step.ts'
import { urgentReasonsOf } from './urgency.ts'

/** The ground of a request that follows another: the consents that were given with that one. */
const earlierConsent = 'earlier-consent'

/**
 * Whether words of danger to this request open a new one: it was closed by staff, and the consent to know the person
 * stands. What was withdrawn is not followed up unasked; the short way is open.
 */
export const mayFollowUp = async (
  reader: Reader,
  request: Pick<RequestSummary, 'status' | 'ground' | 'personId'>,
): Promise<boolean> =>
  request.status === 'closed' &&
  ((request.ground !== 'consent' && request.ground !== earlierConsent) ||
    (await consentsOf(reader, request.personId)).some(
      ({ kind, withdrawnAt }) => kind === 'personal-data' && withdrawnAt === null,
    ))

/** Whether words of danger of this person, who has no open request, open a new one. */
export const mayOpenAnew = async (reader: Reader, { person }: Snapshot): Promise<boolean> => {
  const request = await latestRequestOf(reader, person.id)
  return request !== null && mayFollowUp(reader, request)
}

/**
 * Words of danger to a closed request open a new urgent one: who they are, where, and how to reach them is known. Its first
 * event names the closed one. Nothing that was answered about need goes along: it was decided upon. Words about whoever had the
 * closed one are a note that is kept from them, and the new one goes to somebody else. Throws `not-found`.
 */
export const openFollowUp = async (
  tx: Tx,
  deps: StepDeps,
  given: { who: Snapshot; requestId: string; said: MessageContent; alarm: Alarm; now: Date },
): Promise<{ requestId: string; number: string }> => {
  const { who, said, alarm, now } = given
  const former = await findRequest(tx, given.requestId)
  if (!former) throw new DomainError('not-found')
  const kept = await keptFromFollowUp(tx, { request: former, text: said.text })
  const first = kept.length > 0 ? { text: null, file: null } : said
  const { applicant, territory, kind, representativeConsent, ground } = former
  return openRequest(tx, deps, {
    personId: who.person.id,
    language: who.person.language,
    ...{ applicant, territory, kind, representativeConsent },
    ground: ground === 'consent' ? earlierConsent : ground,
    content: withWords(openContent(deps.sealer, former), first),
    contact: openContact(deps.sealer, former),
    reasons: urgentReasonsOf(alarm),
    without: kept,
    now,
    begin: async (requestId) => {
      await addEvent(tx, { requestId, at: now, kind: 'submitted', detail: former.number })
      if (kept.length > 0) {
        const own = await sealerOf(tx, deps.sealer, { person: who.person.id })
        const note = sealedNote(own, requestId, said)
        await addEvent(tx, { requestId, at: now, kind: 'note', ...note, hiddenFrom: kept })
      }
      await announce(tx, deps, { type: 'request.submitted', now, requestId })
    },
  })
}

const withWords = (
  { danger: _, categories: __, circumstances: ___, helpKinds: ____, ownFiles: _____, ...about }: Content,
  { text, file }: MessageContent,
): Content => ({ ...about, ownWords: text, ...(file && { ownFiles: [file] }) })
