import type { FamilyDeps } from '#features/families/active.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import { type CaseEvent, caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { type CaseTerm, termsOf } from '#storage/cases/case-terms.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { wordsPlace } from './case-steps.ts'
import { termKey } from './count-terms.ts'

type Asking = { staff: Staff | null | undefined; familyId: string; now: Date }

export type HistoryLine = Pick<CaseEvent, 'id' | 'day' | 'implied'> & {
  kind: CaseEventKind
  /** Why it was corrected, if anybody said so. */
  words: string | null
}
/** Why a term was not kept. */
export type Explanation = Pick<CaseEvent, 'day'> & { code: string; words: string }

export type CaseHistory = {
  family: Family
  /** What is recorded of the present episode and holds, oldest first. */
  events: HistoryLine[]
  explanations: Explanation[]
}

/** What is recorded of a case, for whoever is in charge of it; audited, because of the words. Throws `not-found`. */
export const caseHistory = async (
  tx: Tx,
  { sealer, region }: Pick<FamilyDeps, 'sealer' | 'region'>,
  { staff, familyId, now }: Asking,
): Promise<CaseHistory> => {
  const family = await familyForVisitStaff(tx, staff, familyId, now)
  await addAudit(tx, { at: now, action: 'family.details', familyId, ...(staff && { staffId: staff.id }) })
  const episode = await lastEpisode(tx, familyId)
  const rows = inForce(await caseEventsOf(tx, familyId)).filter(({ episodeId }) => episodeId === episode?.id)
  const terms = new Map((await termsOf(tx, familyId)).map((term) => [termKey(term), term.code]))
  const open = (words: string) => sealer.open(words, wordsPlace(familyId))
  const events = rows.flatMap(({ kind: named, id, day, implied, words: sealed }) => {
    const kind = caseEventKinds.find((one) => one === named)
    if (!kind || !region.caseRules.events[kind]) return []
    return [{ id, day, implied, kind, words: sealed && open(sealed) }]
  })
  return {
    family,
    events: events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    explanations: rows.flatMap(({ kind, detail, day, words }) => {
      const code = terms.get(detail ?? '')
      if (kind !== 'explained' || words === null || code === undefined) return []
      return [{ day, code, words: open(words) }]
    }),
  }
}

/** The open terms of a family, for whoever is in charge of it. Throws `not-found`. */
export const openTermsOf = async (
  reader: Reader,
  { staff, familyId, now }: Asking,
): Promise<{ family: Family; terms: CaseTerm[] }> => ({
  family: await familyForVisitStaff(reader, staff, familyId, now),
  terms: (await termsOf(reader, familyId)).filter(({ state }) => state === 'open'),
})
