import { newId } from '#core/ids.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { openContent } from '#features/requests/request-content.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { insertNeed } from '#storage/needs/case-needs.ts'
import type { Request } from '#storage/requests/requests.ts'
import { sealNeedCode } from './case-needs.ts'
import { needCodes } from './change-needs.ts'

/** The answers of an accepted request are the first categories and circumstances of its family, from the day of the request on. */
export const copyNeeds = async (
  tx: Tx,
  { sealer, region }: Pick<FamilyDeps, 'sealer' | 'region'>,
  { request, family, by, now }: { request: Request; family: Family; by: Actor; now: Date },
): Promise<void> => {
  const { categories = [], circumstances = [] } = openContent(sealer, request)
  const since = new Date(`${dayAt(request.submittedAt, region.timeZone).toString()}T00:00:00Z`)
  const foundBy = request.applicant === 'other-person' ? 'other' : 'family'
  const said = [
    ...categories.map((code) => ({ kind: 'category' as const, code })),
    ...circumstances.map((code) => ({ kind: 'circumstance' as const, code })),
  ]
  const own = await sealerOf(tx, sealer, { family: family.id })
  for (const { kind, code } of said) {
    // «Не знаю» is an answer, and no circumstance.
    if (!needCodes(region, kind).includes(code)) continue
    const id = newId()
    const { staffId = null, apiKeyId = null } = by
    await insertNeed(tx, {
      ...{ id, needId: id, version: 1, familyId: family.id, kind, since, until: null, withdrawn: false },
      ...{ foundBy, requestId: request.id, reason: null, staffId, apiKeyId, at: now },
      code: sealNeedCode(own, id, code),
    })
  }
}
