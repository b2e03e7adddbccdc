import type { Reader } from '#storage/database.ts'
import { answeredInvitationsOf, requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Region } from '#regions/schema.ts'
import { type SpecialKind, specialKindsOf } from '#regions/special-categories.ts'
import { destroyedBy } from './erasure-plan.ts'
import { openContact, openContent } from '#features/requests/request-content.ts'

const contactParts = ['name', 'phone', 'address'] as const
type ContactPart = (typeof contactParts)[number]

/** How much is kept for which purpose: enough for a card. */
export type Kept = {
  draft: boolean
  /** Numbers of the person's requests, newest first. */
  requests: string[]
  /** What they hold of how to reach the person. */
  contact: ContactPart[]
  families: number[]
  surveys: number
  staff: boolean
  /** What the law has rules of its own for, among the answers of whoever asks. */
  special: SpecialKind[]
  /** After a withdrawal: until when everything is destroyed. */
  destroyedBy: Date | null
}

export const whatIsKept = async (
  reader: Reader,
  deps: { sealer: Sealer; region: Region },
  who: Snapshot,
): Promise<Kept> => {
  const { person, draft, families, staff } = who
  const requests = await requestsOfPerson(reader, person.id)
  let surveys = 0
  for (const { id } of families)
    surveys += (await answeredInvitationsOf(reader, { personId: person.id, familyId: id })).length
  return {
    draft: draft !== null,
    requests: requests.map(({ number }) => number).reverse(),
    contact: contactParts.filter((part) =>
      requests.some((request) => openContact(deps.sealer, request)[part] !== undefined),
    ),
    families: families.map(({ number }) => number),
    surveys,
    staff: staff !== null,
    special: await specialAmongOwn(reader, deps, person.id),
    destroyedBy: await destroyedBy(reader, person.id),
  }
}

/** Of the person's own answers alone: what others said of the family is not theirs. */
const specialAmongOwn = async (
  reader: Reader,
  { sealer, region }: { sealer: Sealer; region: Region },
  personId: string,
): Promise<SpecialKind[]> => {
  const codes = (await requestsOfPerson(reader, personId)).flatMap((request) => {
    const { categories = [], circumstances = [] } = openContent(sealer, request)
    return [...categories, ...circumstances]
  })
  return specialKindsOf(region, codes)
}
