import { DomainError } from '#core/errors.ts'
import { copyNeeds } from '#features/needs/copy-needs.ts'
import { caseNow, dayOfMoment, noteCase } from '#features/cases/case-record.ts'
import { recountTerms } from '#features/cases/recount.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { Tx } from '#storage/database.ts'
import { openTerritory } from '#storage/territories/territories.ts'
import { changeFamily, type Family, insertFamily, type SupportLevel } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { isStillUrgent } from '#storage/families/urgent-families.ts'
import { hiddenFromInFamily } from '#storage/messages/talks-apart.ts'
import { appliedAtOf } from '#storage/requests/duplicates.ts'
import { eventsOf, hiddenFromInRequest } from '#storage/requests/request-events.ts'
import type { Request } from '#storage/requests/requests.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type Actor, type FamilyDeps, mustBeActive } from './active.ts'
import { addApplicant } from './add-applicant.ts'
import { addMember, type MemberContact } from './member-facts.ts'
import { type Change, note, push, tell } from './note-and-tell.ts'
import { laterStage, stageAfterDecision } from './path.ts'
import { mustBeStage } from './stage-transitions.ts'

// All state changes of a family, from any source. The family is the row as locked in the same transaction.

/**
 * Creates a family that was accepted outside of the bot. Throws `not-eligible` if the curator is not
 * eligible.
 */
export const createFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  given: {
    territory: string
    curatorId: string | null
    level: SupportLevel | null
    stage: string
    appliedAt: Date
    /** Without accounts: whoever is to use the bot gets a link later. */
    members?: readonly { role: MemberRole; name: string; contact: MemberContact }[]
    by: Actor
    now: Date
  },
): Promise<Family> => {
  const { by, now, curatorId, stage } = given
  if (curatorId !== null) await mustBeCurator(tx, curatorId)
  mustBeStage(deps.region, stage)
  const family = await insertFamily(tx, {
    region: deps.region.code,
    territory: await openTerritory(tx, given.territory, otherOption),
    requestId: null,
    curatorId,
    level: given.level,
    stage,
    appliedAt: given.appliedAt,
    createdAt: now,
  })
  await note(tx, { family, by, now }, 'created')
  await note(tx, { family, by, now }, 'stage', stage)
  // A millisecond apart: members are listed in the order in which they were added.
  for (const [nth, member] of (given.members ?? []).entries())
    await addMember(tx, deps, { ...member, family, now: new Date(now.getTime() + nth) })
  await recountTerms(tx, deps, family, now)
  await tell(tx, deps, { family, now }, 'family.created', { stage, ...(curatorId && { staffId: curatorId }) })
  await tellCurator(tx, deps, { family, by, now })
  return family
}

/**
 * Creates the family of an accepted request, at the stage after the decision. The applicant becomes its first member,
 * unless they asked for somebody else's family. What they said about their safety goes with them.
 */
export const familyFromRequest = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    request,
    curatorId,
    level,
    by,
    now,
  }: { request: Request; curatorId: string | null; level: SupportLevel | null; by: Actor; now: Date },
): Promise<Family> => {
  if (curatorId !== null) await mustBeCurator(tx, curatorId)
  if (curatorId !== null && (await hiddenFromInRequest(tx, request.id)).includes(curatorId))
    throw new DomainError('not-eligible')
  const stage = laterStage(deps.region, request.stage, stageAfterDecision(deps.region))
  const appliedAt = await appliedAtOf(tx, request)
  const family = await insertFamily(tx, {
    region: request.region,
    territory: request.territory,
    requestId: request.id,
    curatorId,
    level,
    stage,
    appliedAt,
    createdAt: now,
  })
  // The path began before the family was created.
  await note(tx, { family, by, now: appliedAt }, 'stage', deps.region.stages[0])
  for (const { kind, detail, at } of await eventsOf(tx, request.id))
    if (kind === 'stage' && detail) await note(tx, { family, by, now: at }, 'stage', detail)
  if (stage !== request.stage) await note(tx, { family, by, now }, 'stage', stage)
  await note(tx, { family, by, now }, 'created')
  if (request.applicant !== 'other-person') await addApplicant(tx, deps, { request, family, now })
  await copyNeeds(tx, deps, { request, family, by, now })
  await recountTerms(tx, deps, family, now)
  await tell(tx, deps, { family, now }, 'family.created', { stage, ...(curatorId && { staffId: curatorId }) })
  await tellCurator(tx, deps, { family, by, now })
  return family
}

/**
 * Changes the curator (null: none for now) and notifies the family, and both of them (`quietly`: not the former, who is told of several
 * at once). Throws `not-eligible`, also for somebody from whom a member has asked to be kept apart; `already-closed`.
 */
export const changeCurator = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, curatorId, quietly = false, by, now }: Change & { curatorId: string | null; quietly?: boolean },
): Promise<Family> => {
  mustBeActive(family)
  if (curatorId === family.curatorId) return family
  if (curatorId !== null) await mustBeCurator(tx, curatorId)
  if (curatorId !== null && (await hiddenFromInFamily(tx, family.id)).has(curatorId))
    throw new DomainError('not-eligible')
  const changed = await changeFamily(tx, family.id, { curatorId })
  await note(tx, { family, by, now }, 'curator', curatorId ?? undefined)
  if (curatorId !== null) await push(tx, deps, { family, now }, 'curator', String(changed.revision))
  await tellCurator(tx, deps, { family: changed, by, now })
  const taken = { staffId: family.curatorId, news: 'family-taken', subjectId: family.id } as const
  if (!quietly) await tellStaff(tx, deps, { ...taken, by, now })
  await tell(tx, deps, { family, now }, 'family.curator_changed', curatorId ? { staffId: curatorId } : {})
  return changed
}

/** A family is theirs from now on, whoever gave it to them. */
const tellCurator = async (tx: Tx, deps: FamilyDeps, { family, by, now }: Change): Promise<void> => {
  const urgent = family.curatorId !== null && (await isStillUrgent(tx, family.id))
  const news = { staffId: family.curatorId, news: 'curator', subjectId: family.id, urgent } as const
  await tellStaff(tx, deps, { ...news, by, now })
}

/**
 * Changes the level of support. `hidden`: because of a plan that adults of the family must not notice. Throws
 * `already-closed`.
 */
export const changeLevel = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, level, hidden = false, by, now }: Change & { level: SupportLevel; hidden?: boolean },
): Promise<Family> => {
  mustBeActive(family)
  if (level === family.level) return family
  const here = await caseNow(tx, deps.region, family, now)
  const changed = await changeFamily(tx, family.id, { level })
  await note(tx, { family, by, now }, 'level', level)
  const day = dayOfMoment(deps.region, now)
  await noteCase(tx, here, { kind: 'level-set', day, detail: level, by, now })
  await recountTerms(tx, deps, changed, now)
  await tell(tx, deps, { family, now }, 'family.status_changed', {
    status: 'active',
    level,
    ...(hidden && { confidential: true }),
  })
  return changed
}

/** A curator must be an active staff member; intake specialists hear nothing of families. */
const mustBeCurator = async (tx: Tx, staffId: string): Promise<void> => {
  const member = await findStaff(tx, staffId)
  if (!member?.active || member.role === 'intake') throw new DomainError('not-eligible')
}
