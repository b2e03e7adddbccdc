import type { Reader } from '#storage/database.ts'
import { activitiesOf } from '#storage/plan/activities.ts'
import { countOpenVersions, latestPlan, type PlanVersion, planVersion } from '#storage/plan/plans.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'
import { type PlanDocument, planSchema } from './plan-document.ts'
import type { Tracked } from './progress.ts'

type Place = Pick<PlanVersion, 'familyId' | 'version'>
const placeOf = ({ familyId, version }: Place): string => `plan_versions.document.${familyId}.${version}`

export const sealPlan = (sealer: Sealer, place: Place, document: PlanDocument): string =>
  sealer.sealJson(document, placeOf(place))

export const openPlan = (sealer: Sealer, plan: Place & Pick<PlanVersion, 'document'>): PlanDocument =>
  erasedOr(sealer.openJson(plan.document, placeOf(plan), null))

const nothing = [erasedText]
const erased: PlanDocument = {
  ...{ level: 'basic', from: '2000-01-01', until: '2000-01-01' },
  ...{ goal: erasedText, tasks: nothing, results: nothing, activities: [] },
}
const erasedOr = (opened: unknown): PlanDocument => (opened === null ? erased : planSchema.parse(opened))

export type OpenPlan = {
  version: number
  /** The version's number as its reader counts: adults of a family do not count confidential ones. */
  number: number
  at: Date
  document: PlanDocument
  /** The document's activities, with their ids and statuses. */
  activities: Tracked[]
  /** Ids of all activities that the family has ever had, by code; an activity may have been removed. */
  ids: ReadonlyMap<string, string>
}

/**
 * Reads the current or a given version of a family's plan; null if there is none. `open`: of the versions that adults of
 * the family know of. Whoever shows it filters the activities.
 */
export const readPlan = async (
  reader: Reader,
  sealer: Sealer,
  { familyId, version, open = false }: { familyId: string; version?: number | undefined; open?: boolean },
): Promise<OpenPlan | null> => {
  const found =
    version === undefined
      ? await latestPlan(reader, familyId, { open })
      : await planVersion(reader, familyId, version)
  if (!found || (open && found.confidentialOnly)) return null
  const document = openPlan(sealer, found)
  const rows = new Map((await activitiesOf(reader, familyId)).map((row) => [row.code, row]))
  const activities = document.activities.flatMap((activity) => {
    const row = rows.get(activity.code)
    return row ? [{ ...activity, id: row.id, status: row.status }] : []
  })
  const ids = new Map([...rows].map(([code, { id }]) => [code, id]))
  const number = open ? await countOpenVersions(reader, found) : found.version
  return { version: found.version, number, at: found.at, document, activities, ids }
}
