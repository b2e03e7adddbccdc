import type { Reader } from '#storage/database.ts'
import {
  mainsOf,
  type NeedFinder,
  type NeedKind,
  needsOf,
  type StoredNeed,
} from '#storage/needs/case-needs.ts'
import { dayOf } from '#storage/plan/plans.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'

// Categories and circumstances of a case, from a day to a day. Families never see them: what a child said would become visible to
// its parents.

/** A category or circumstance as it is known now. */
export type CaseNeed = {
  needId: string
  kind: NeedKind
  code: string
  /** `YYYY-MM-DD`, both days included. */
  since: string
  until: string | null
  /** It never was. */
  withdrawn: boolean
  foundBy: NeedFinder
  /** When and by whom each version was written, oldest first. */
  versions: readonly NeedVersion[]
}

export type NeedVersion = Pick<StoredNeed, 'version' | 'at' | 'staffId' | 'apiKeyId' | 'withdrawn'> & {
  since: string
  until: string | null
  /** Why it was corrected. */
  reason: string | null
}

export type MainMark = { needId: string; since: string }
export type KnownNeeds = { needs: CaseNeed[]; marks: MainMark[] }

export const sealNeedCode = (sealer: Sealer, id: string, code: string): string =>
  sealer.seal(code, `case_needs.code.${id}`)
/** The caller audits the access. */
export const openNeedCode = (sealer: Sealer, { id, code }: Pick<StoredNeed, 'id' | 'code'>): string =>
  sealer.open(code, `case_needs.code.${id}`)
export const sealNeedReason = (sealer: Sealer, id: string, reason: string): string =>
  sealer.seal(reason, `case_needs.reason.${id}`)

/** All of a family, withdrawn ones included, oldest first. The caller audits the access. */
export const knownNeeds = async (
  reader: Reader,
  { sealer }: { sealer: Sealer },
  familyId: string,
): Promise<KnownNeeds> => {
  const byNeed = Map.groupBy(await needsOf(reader, familyId), ({ needId }) => needId)
  const marks = await mainsOf(reader, familyId)
  return {
    needs: [...byNeed.values()]
      .map((versions) => latest(sealer, versions))
      .filter(({ code }) => code !== erasedText),
    marks: marks.map(({ needId, since }) => ({ needId, since: dayOf(since) })),
  }
}

const latest = (sealer: Sealer, rows: readonly StoredNeed[]): CaseNeed => {
  const versions = rows.map(({ id, version, at, staffId, apiKeyId, withdrawn, reason, since, until }) => ({
    ...{ version, at, staffId, apiKeyId, withdrawn, since: dayOf(since), until: until && dayOf(until) },
    reason: reason && sealer.open(reason, `case_needs.reason.${id}`),
  }))
  const row = rows.at(-1)
  if (!row) throw new Error('a need without a version')
  const { id, needId, kind, code, foundBy, withdrawn } = row
  return {
    ...{ needId, kind, foundBy, withdrawn, versions },
    code: openNeedCode(sealer, { id, code }),
    since: dayOf(row.since),
    until: row.until && dayOf(row.until),
  }
}

type Span = Pick<CaseNeed, 'since' | 'until' | 'withdrawn'>

/** Whether it holds on a day. Pure. */
export const holdsOn = ({ since, until, withdrawn }: Span, day: string): boolean =>
  !withdrawn && since <= day && (until === null || day <= until)

/** Whether two spans have a day in common. Pure. */
export const overlaps = (one: Omit<Span, 'withdrawn'>, other: Omit<Span, 'withdrawn'>): boolean =>
  (other.until === null || one.since <= other.until) && (one.until === null || other.since <= one.until)

/**
 * The main category on a day: of those that hold, the one that was marked last, or the oldest if none was. Exactly one where the
 * family has any, null otherwise. Pure.
 */
export const mainCategoryOn = <T extends Span & Pick<CaseNeed, 'kind' | 'needId'>>(
  { needs, marks }: { needs: readonly T[]; marks: readonly MainMark[] },
  day: string,
): T | null => {
  const holding = needs.filter((need) => need.kind === 'category' && holdsOn(need, day))
  const marked = marks
    .filter(({ since }) => since <= day)
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .flatMap(({ needId }) => holding.filter((need) => need.needId === needId))
  const [oldest = null] = holding.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
  return marked.at(-1) ?? oldest
}
