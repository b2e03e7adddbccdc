import { accessActor } from '#features/staff/access-alerts.ts'
import { seenBy } from '#features/staff/audit-seen.ts'
import type { Tx } from '#storage/database.ts'
import { type Affected, listAffected } from '#storage/incidents/affected.ts'
import type { SeenData } from '#storage/staff/audit.ts'
import type { SeenAction } from '#storage/staff/audit-actions.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/** What the product itself can say of an incident (152-ФЗ, ст. 21, ч. 3.1). */
export type IncidentFacts = {
  /** Whose access it was; null: a copy of the database, or nobody knows. */
  actor: { id: string; name: string; role: StaffRole | 'key' } | null
  since: Date
  /** When the centre found it: both terms count from this moment. */
  found: Date
  /** Which kinds of access there were, in the order of their codes; empty without an actor: all kinds of data. */
  actions: SeenAction[]
  /** How often it was opened; 0 without an actor. */
  times: number
  affected: Affected[]
}

const pageSize = 500

/**
 * Collects what an incident concerns: what a member of staff or a key has opened since a moment, or all that is stored.
 * Asking is audited. Null if nobody has this id.
 */
export const incidentFacts = async (
  tx: Tx,
  { actorId, since, found, now }: { actorId?: string | undefined; since: Date; found: Date; now: Date },
): Promise<IncidentFacts | null> => {
  if (actorId === undefined)
    return { actor: null, since, found, actions: [], times: 0, affected: await listAffected(tx, 'all') }
  const actor = await accessActor(tx, actorId)
  if (!actor) return null
  const seen = await seenSince(tx, { actorId, since, now })
  const affected = await listAffected(tx, {
    families: seen.flatMap(({ familyId }) => familyId ?? []),
    requests: seen.flatMap(({ requestId }) => requestId ?? []),
  })
  return {
    actor: { id: actorId, name: actor.name, role: actor.role },
    since,
    found,
    actions: [...new Set(seen.flatMap(({ actions }) => actions))].sort(),
    times: seen.reduce((sum, { times }) => sum + times, 0),
    affected,
  }
}

const seenSince = async (
  tx: Tx,
  { actorId, since, now }: { actorId: string; since: Date; now: Date },
): Promise<SeenData[]> => {
  const all: SeenData[] = []
  for (let after: string | undefined; ; after = all.at(-1)?.place) {
    const page = await seenBy(tx, { actorId, since, after, now, territories: 'all', limit: pageSize })
    all.push(...page)
    if (page.length < pageSize) return all
  }
}
