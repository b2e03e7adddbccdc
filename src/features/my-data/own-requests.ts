import { requestLines } from '#features/requests/conversation.ts'
import { type Decision, decisionOf } from '#features/requests/decision.ts'
import { type Contact, type Content, openContact, openContent } from '#features/requests/request-content.ts'
import type { Reader } from '#storage/database.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import type { Sealer } from '#storage/seal.ts'

/** A line of a conversation: the person's own, or the centre's to them. A file stays in the chat. */
export type OwnLine = { at: Date; by: 'me' | 'centre'; text: string; file: string | null }

/** A request as its applicant has it; of one about another family, nothing that the centre decided. */
export type OwnRequest = {
  number: string
  submittedAt: Date
  withdrawnAt: Date | null
  answers: Omit<Content, 'ownFiles'> & { ownFiles: number }
  contact: Contact
  lines: OwnLine[]
  decision: Decision | null
}

/** All requests of this account, oldest first: never those of another account of the family. */
export const ownRequests = async (
  reader: Reader,
  sealer: Sealer,
  personId: string,
): Promise<OwnRequest[]> => {
  const own: OwnRequest[] = []
  for (const request of await requestsOfPerson(reader, personId)) {
    const events = await eventsOf(reader, request.id)
    const { ownFiles = [], ...answers } = openContent(sealer, request)
    const lines = requestLines(sealer, events).filter(({ kind }) => kind === 'note' || kind === 'answer')
    own.push({
      number: request.number,
      submittedAt: request.submittedAt,
      withdrawnAt: request.withdrawnAt,
      answers: { ...answers, ownFiles: ownFiles.length },
      contact: openContact(sealer, request),
      lines: lines.map(({ at, kind, text, file }) => ({
        at,
        by: kind === 'note' ? 'me' : 'centre',
        text,
        file: file && (file.name ?? file.kind),
      })),
      decision: request.applicant === 'other-person' ? null : decisionOf(sealer, events),
    })
  }
  return own
}
