import type { Enqueue } from '#queue/queues.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type Caller, reachesTerritory } from './api-keys.ts'
import type { Invitation } from './invite-staff.ts'
import { leave, replaceAccount, type WorkOfMember, workOfMember } from './leaving.ts'
import { lockManagedMember, showMember } from './staff-api.ts'

// Leaving and lost phones for API keys: changes are for those that reach all territories of the member.

type Of = { caller: Caller; id: string; now: Date }

/** What of their work the key reaches. Throws `not-found`. */
export const workForCaller = async (database: Database, { caller, id, now }: Of): Promise<WorkOfMember> => {
  await showMember(database, { caller, id, now })
  return reachedBy(caller, await workOfMember(database, id, now))
}

/** A curator may have families beyond the territories that they serve. */
const reachedBy = (caller: Caller, { requests, families, visits, uncovered }: WorkOfMember): WorkOfMember => {
  const reached = ({ territory }: { territory: string }) => reachesTerritory(caller, territory)
  return {
    requests: requests.filter(reached),
    families: families.filter(reached),
    visits: visits.filter(reached),
    uncovered: uncovered.filter((territory) => reachesTerritory(caller, territory)),
  }
}

/** Returns what of it the key reaches; all is handed over. Throws `not-found`, `not-allowed`, and as `leave` does. */
export const leaveForCaller = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  { caller, id, to, now }: Of & { to: string | null },
): Promise<WorkOfMember> => {
  await lockManagedMember(tx, { caller, id })
  return reachedBy(caller, await leave(tx, deps, { staffId: id, to, by: { apiKeyId: caller.keyId }, now }))
}

/** Throws `not-found`, `not-allowed`, and as `replaceAccount` does. */
export const newAccountLink = async (
  tx: Tx,
  { enqueue, botUsername }: { enqueue: Enqueue; botUsername: () => string },
  { caller, id, now }: Of,
): Promise<Invitation> => {
  await lockManagedMember(tx, { caller, id })
  const invitation = await replaceAccount(tx, { enqueue, botUsername: botUsername(), now }, id)
  await addAudit(tx, { at: now, action: 'staff.changed', apiKeyId: caller.keyId, subjectId: id })
  return invitation
}
