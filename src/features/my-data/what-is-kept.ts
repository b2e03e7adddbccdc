import { openDataRequestsOf } from '#storage/data-requests/data-requests.ts'
import { restrictionOf } from '#storage/data-requests/restrictions.ts'
import type { Reader } from '#storage/database.ts'
import { answeredInvitationsOf, requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'

/** How much is kept for which purpose: enough for a card. */
export type Kept = {
  draft: boolean
  /** Numbers of the person's requests, newest first. */
  requests: string[]
  families: number[]
  surveys: number
  staff: boolean
  /** After a withdrawal: until when everything is destroyed. */
  destroyedBy: Date | null
}

export const whatIsKept = async (reader: Reader, who: Snapshot): Promise<Kept> => {
  const { person, draft, families, staff } = who
  const requests = await requestsOfPerson(reader, person.id)
  let surveys = 0
  for (const { id } of families)
    surveys += (await answeredInvitationsOf(reader, { personId: person.id, familyId: id })).length
  const { consentWithdrawnAt } = await restrictionOf(reader, person.id)
  const open = consentWithdrawnAt === null ? [] : await openDataRequestsOf(reader, person.id)
  return {
    draft: draft !== null,
    requests: requests.map(({ number }) => number).reverse(),
    families: families.map(({ number }) => number),
    surveys,
    staff: staff !== null,
    destroyedBy: open.find(({ eraseAt }) => eraseAt !== null)?.dueAt ?? null,
  }
}
