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
}

export const whatIsKept = async (reader: Reader, who: Snapshot): Promise<Kept> => {
  const { person, draft, families, staff } = who
  const requests = await requestsOfPerson(reader, person.id)
  let surveys = 0
  for (const { id } of families)
    surveys += (await answeredInvitationsOf(reader, { personId: person.id, familyId: id })).length
  return {
    draft: draft !== null,
    requests: requests.map(({ number }) => number).reverse(),
    families: families.map(({ number }) => number),
    surveys,
    staff: staff !== null,
  }
}
