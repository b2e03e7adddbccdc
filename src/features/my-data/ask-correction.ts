import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { countCharacters } from '#core/words.ts'
import { longestAsked, sealAsked } from '#features/data-requests/data-request-content.ts'
import { answerDue } from '#features/data-requests/data-request-terms.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { addDataRequestStep, insertDataRequest } from '#storage/data-requests/data-requests.ts'
import { findFamily } from '#storage/families/families.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'

/**
 * Asks for a correction of name, phone, address or anything else, in the person's words (152-ФЗ, ст. 21). Staff check it and write
 * it down; until then what stood there stands. Returns until when. Throws `invalid-input` if it is too long.
 */
export const askCorrection = async (
  tx: Tx,
  { sealer, region }: { sealer: Sealer; region: Region },
  { who, words, now }: { who: Snapshot; words: string; now: Date },
): Promise<Date> => {
  if (countCharacters(words) > longestAsked) throw new DomainError('invalid-input', { field: 'words' })
  const id = newId()
  const today = dayAt(now, region.timeZone).toString()
  const familyId = who.families[0]?.id ?? null
  const family = familyId === null ? null : await findFamily(tx, familyId)
  const request = (await requestsOfPerson(tx, who.person.id)).at(-1)
  const dueAt = answerDue(today, region)
  await insertDataRequest(tx, {
    ...{ id, kind: 'correction', source: 'bot', personId: who.person.id, familyId, at: now, dueAt },
    requestId: request?.id ?? null,
    territory: family?.territory ?? request?.territory ?? null,
    receivedOn: new Date(`${today}T00:00:00Z`),
    content: sealAsked(sealer, id, { words }),
  })
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'received', at: now })
  return dueAt
}
