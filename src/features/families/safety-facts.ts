import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type Contact, openContact } from '#features/requests/request-content.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { changeFamily, type Family } from '#storage/families/families.ts'
import {
  deleteUnreasonedInvites,
  findMember,
  type MemberRole,
  membersOf,
} from '#storage/families/family-members.ts'
import {
  addSafetyFact,
  endSafetyFact,
  type StoredSafetyFact,
  safetyFactsOf,
} from '#storage/families/safety-facts.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { setPushMode } from '#storage/pushes/push-settings.ts'
import { saidByApplicant } from '#features/requests/said-by-applicant.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type Actor, mustBeActive } from './active.ts'

// What a member said about their safety. It belongs to the member, not to the request in which they said it: whoever is
// about to call, write, visit, plan or invite reads it, also if they may not open the request (ADR 32).

export const safetyKinds = ['parents-unsafe', 'no-calls', 'no-messages'] as const
export type SafetyKind = (typeof safetyKinds)[number]

export type SafetyFact = Omit<StoredSafetyFact, 'kind'> & { kind: SafetyKind; role: MemberRole }

type Deps = { sealer: Sealer }

/** What the answers of a request say. Only a minor was asked about the parents. */
export const safetyKindsIn = (
  contact: Pick<Contact, 'parents' | 'safeToCall' | 'safeToWrite'>,
  role: MemberRole,
): SafetyKind[] => [
  ...(role === 'minor' && contact.parents === 'unsafe' ? (['parents-unsafe'] as const) : []),
  ...(contact.safeToCall === 'no' ? (['no-calls'] as const) : []),
  ...(contact.safeToWrite === 'no' ? (['no-messages'] as const) : []),
]

export const isInForce = ({ until }: Pick<SafetyFact, 'until'>, now: Date): boolean =>
  until === null || until > now

/** All facts of a family's current members, ended ones included, oldest first. */
export const allSafetyFacts = async (
  reader: Reader,
  { sealer }: Deps,
  familyId: string,
): Promise<SafetyFact[]> => {
  const stored = await safetyFactsOf(reader, familyId)
  if (stored.length === 0) return []
  const roles = new Map((await membersOf(reader, familyId)).map(({ id, role }) => [id, role]))
  const facts = stored.flatMap((fact) => {
    const role = roles.get(fact.memberId)
    return role ? [{ ...fact, role, kind: openKind(sealer, fact) }] : []
  })
  // Those of one request have the same time: the gravest comes first.
  const rank = ({ kind }: SafetyFact) => safetyKinds.indexOf(kind)
  return facts.toSorted((a, b) => a.since.getTime() - b.since.getTime() || rank(a) - rank(b))
}

/** The facts in force, without an audit entry: for rules. People read them through `lookAtSafety`. */
export const safetyFactsInForce = async (
  reader: Reader,
  deps: Deps,
  { familyId, now }: { familyId: string; now: Date },
): Promise<SafetyFact[]> =>
  (await allSafetyFacts(reader, deps, familyId)).filter((fact) => isInForce(fact, now))

/** The facts in force, for somebody about to contact the family. Audited if there are any. */
export const lookAtSafety = async (
  tx: Tx,
  deps: Deps,
  { familyId, by, now }: { familyId: string; by: Actor; now: Date },
): Promise<SafetyFact[]> => {
  const facts = await safetyFactsInForce(tx, deps, { familyId, now })
  if (facts.length > 0) await auditSafety(tx, { familyId, by, now }, 'family.safety')
  return facts
}

type Copied = { familyId: string; memberId: string; role: MemberRole; now: Date }

/**
 * Copies what a request says to the member who made it, with what they said in those that were merged into it, unless that is
 * already in force.
 */
export const copySafetyFacts = async (
  tx: Tx,
  deps: Deps,
  { request, ...copied }: Copied & { request: Request },
): Promise<void> => {
  for (const said of [request, ...(await saidByApplicant(tx, deps.sealer, request))])
    await copyOne(tx, deps, { request: said, ...copied })
}

const copyOne = async (
  tx: Tx,
  deps: Deps,
  given: Copied & { request: Pick<Request, 'id' | 'contact' | 'submittedAt'> },
): Promise<void> => {
  const { request, familyId, memberId, role, now } = given
  const kinds = safetyKindsIn(openContact(deps.sealer, request), role)
  if (kinds.length === 0) return
  const known = (await allSafetyFacts(tx, deps, familyId)).filter((fact) => fact.memberId === memberId)
  for (const kind of kinds) {
    const same = known.filter((fact) => fact.kind === kind)
    // Staff may have ended this very fact since.
    if (same.some((fact) => fact.requestId === request.id)) continue
    if (!same.some((fact) => isInForce(fact, now))) {
      const id = newId()
      const sealed = await sealKind(tx, deps, { id, memberId, kind })
      const since = request.submittedAt
      await addSafetyFact(tx, { id, familyId, memberId, kind: sealed, since, requestId: request.id })
      if (kind === 'parents-unsafe') await deleteUnreasonedInvites(tx, familyId)
    }
    // Said, or said again, in a later request by somebody who has joined long ago: it holds for every push.
    const member = kind === 'no-messages' ? await findMember(tx, memberId) : null
    if (member?.personId) await setPushMode(tx, member.personId, 'none')
  }
}

type Change = { family: Family; by: Actor; now: Date }

/** Adds a fact about a member. Throws `not-found`, `already-closed`; `already-open` if it is in force. */
export const addFact = async (
  tx: Tx,
  deps: Deps,
  {
    family,
    memberId,
    kind,
    until = null,
    by,
    now,
  }: Change & { memberId: string; kind: SafetyKind; until?: Date | null },
): Promise<SafetyFact> => {
  mustBeActive(family)
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  if (until !== null && until <= now) throw new DomainError('invalid-input', { field: 'until' })
  if (kind === 'parents-unsafe' && member.role !== 'minor')
    throw new DomainError('invalid-input', { field: 'kind' })
  const known = await safetyFactsInForce(tx, deps, { familyId: family.id, now })
  if (known.some((fact) => fact.memberId === memberId && fact.kind === kind))
    throw new DomainError('already-open')
  const id = newId()
  const sealed = await sealKind(tx, deps, { id, memberId, kind })
  const place = { id, familyId: family.id, memberId }
  const stored = await addSafetyFact(tx, { ...place, kind: sealed, since: now, until, ...by })
  // Links handed out without this warning let nobody in any more: a new one needs a reason.
  if (kind === 'parents-unsafe') await deleteUnreasonedInvites(tx, family.id)
  if (kind === 'no-messages' && member.personId !== null) await setPushMode(tx, member.personId, 'none')
  await keepChange(tx, { family, by, now })
  return { ...stored, kind, role: member.role }
}

/** Ends a fact now. Throws `not-found`; `already-closed` if it has ended. */
export const endFact = async (
  tx: Tx,
  deps: Deps,
  { family, factId, by, now }: Change & { factId: string },
): Promise<SafetyFact> => {
  const known = (await allSafetyFacts(tx, deps, family.id)).find(({ id }) => id === factId)
  if (!known) throw new DomainError('not-found')
  const ended = await endSafetyFact(tx, { id: factId, familyId: family.id, until: now, ...by })
  if (!ended) throw new DomainError('already-closed')
  await keepChange(tx, { family, by, now })
  return { ...ended, kind: known.kind, role: known.role }
}

const keepChange = async (tx: Tx, { family, by, now }: Change): Promise<void> => {
  await changeFamily(tx, family.id, {})
  await auditSafety(tx, { familyId: family.id, by, now }, 'family.safety-changed')
}

export const auditSafety = (
  tx: Tx,
  { familyId, by, now }: { familyId: string; by: Actor; now: Date },
  action: 'family.safety' | 'family.safety-changed' | 'family.safety-override',
): Promise<void> =>
  addAudit(tx, { at: now, action, familyId, staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null })

const sealKind = async (
  tx: Tx,
  { sealer }: Deps,
  { id, memberId, kind }: { id: string; memberId: string; kind: SafetyKind },
): Promise<string> => (await sealerOf(tx, sealer, { member: memberId })).seal(kind, `safety_facts.kind.${id}`)

const openKind = (sealer: Sealer, { id, kind }: StoredSafetyFact): SafetyKind => {
  const opened = sealer.open(kind, `safety_facts.kind.${id}`)
  // An unknown kind, from a newer version, must not pass for safety.
  return safetyKinds.find((one) => one === opened) ?? 'parents-unsafe'
}
