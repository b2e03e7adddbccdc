import type { FamilyDeps } from '#features/families/active.ts'
import { type CaseDocument, caseDocuments } from '#features/families/case-documents.ts'
import { type Path, pathOf, stageStartsOf } from '#features/families/path.ts'
import type { Staff } from '#features/requests/cases.ts'
import { type CaseTerm, termsOf } from '#storage/cases/case-terms.ts'
import { type Episode, episodesOf } from '#storage/cases/episodes.ts'
import type { Tx } from '#storage/database.ts'
import { familyEventsOf } from '#storage/families/families.ts'
import { type CaseHistory, caseHistory } from './history-for-staff.ts'

export type CaseFile = CaseHistory & {
  path: Path
  /** Those in force, by their last day. */
  terms: CaseTerm[]
  documents: CaseDocument[]
  /** Oldest first. */
  episodes: Episode[]
}

/** The case of a family: its path, what is recorded of it, its terms, documents and episodes; audited. Throws `not-found`. */
export const caseFile = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer' | 'region'>,
  asked: { staff: Staff; familyId: string; now: Date },
): Promise<CaseFile> => {
  const { region } = deps
  const history = await caseHistory(tx, deps, asked)
  const { family } = history
  const terms = await termsOf(tx, family.id)
  const began = stageStartsOf(await familyEventsOf(tx, family.id))
  const closed = family.status === 'closed'
  return {
    ...history,
    terms,
    path: pathOf(region, { ...family, began, closed, terms: closed ? [] : terms }, asked.now),
    documents: await caseDocuments(tx, region, family.id),
    episodes: await episodesOf(tx, family.id),
  }
}
