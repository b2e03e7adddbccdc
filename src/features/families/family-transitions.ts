import { DomainError } from '#core/errors.ts'
import { copyNeeds } from '#features/needs/copy-needs.ts'
import { notifyFamily, wholeFamily } from '#features/pushes/tell-family.ts'
import { inviteAtEnd } from '#features/surveys/invite.ts'
import { cancelVisitsAhead } from '#features/visits/upcoming.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { EventData } from '#features/webhooks/event-data.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Region } from '#regions/schema.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { Tx } from '#storage/database.ts'
import { openTerritory } from '#storage/territories/territories.ts'
import {
  addFamilyEvent,
  changeFamily,
  type EndReason,
  type Family,
  type FamilyEventKind,
  insertFamily,
  type SupportLevel,
} from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { isStillUrgent } from '#storage/families/urgent-families.ts'
import { hiddenFromInFamily } from '#storage/messages/talks-apart.ts'
import { eventsOf, hiddenFromInRequest } from '#storage/requests/request-events.ts'
import type { Request } from '#storage/requests/requests.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type Actor, type FamilyDeps, mustBeActive } from './active.ts'
import { addApplicant } from './add-applicant.ts'
import { addMember, type MemberContact } from './member-facts.ts'
import { laterStage, stageAfterDecision } from './path.ts'

// All state changes of a family, from any source. The family is the row as locked in the same transaction.

type Change = { family: Family; by: Actor; now: Date }

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
  const family = await insertFamily(tx, {
    region: request.region,
    territory: request.territory,
    requestId: request.id,
    curatorId,
    level,
    stage,
    appliedAt: request.submittedAt,
    createdAt: now,
  })
  // The path began before the family was created.
  await note(tx, { family, by, now: request.submittedAt }, 'stage', deps.region.stages[0])
  for (const { kind, detail, at } of await eventsOf(tx, request.id))
    if (kind === 'stage' && detail) await note(tx, { family, by, now: at }, 'stage', detail)
  if (stage !== request.stage) await note(tx, { family, by, now }, 'stage', stage)
  await note(tx, { family, by, now }, 'created')
  if (request.applicant !== 'other-person') await addApplicant(tx, deps, { request, family, now })
  await copyNeeds(tx, deps, { request, family, by, now })
  await tell(tx, deps, { family, now }, 'family.created', { stage, ...(curatorId && { staffId: curatorId }) })
  await tellCurator(tx, deps, { family, by, now })
  return family
}

/**
 * Moves a family to a stage and notifies it; stages may be skipped, never reverted. Does nothing if it is at
 * that stage. Throws `stage-order`, `already-closed`.
 */
export const moveFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, to, by, now }: Change & { to: string },
): Promise<Family> => {
  mustBeActive(family)
  mustBeStage(deps.region, to)
  const { stages } = deps.region
  if (stages.indexOf(to) < stages.indexOf(family.stage)) throw new DomainError('stage-order')
  if (to === family.stage) return family
  const changed = await changeFamily(tx, family.id, { stage: to })
  await note(tx, { family, by, now }, 'stage', to)
  await push(tx, deps, { family, now }, 'stage', to)
  await tell(tx, deps, { family, now }, 'family.status_changed', { status: 'active', stage: to })
  return changed
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
  const changed = await changeFamily(tx, family.id, { level })
  await note(tx, { family, by, now }, 'level', level)
  await tell(tx, deps, { family, now }, 'family.status_changed', {
    status: 'active',
    level,
    ...(hidden && { confidential: true }),
  })
  return changed
}

/**
 * Ends support (снятие с сопровождения): cancels the upcoming visits and notifies the family. Throws
 * `already-closed`.
 */
export const closeFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, reason, by, now }: Change & { reason?: EndReason | undefined },
): Promise<Family> => {
  mustBeActive(family)
  const changed = await changeFamily(tx, family.id, { status: 'closed', closedAt: now })
  await note(tx, { family, by, now }, 'closed', reason)
  await cancelVisitsAhead(tx, deps, { family, by, now })
  await inviteAtEnd(tx, { family, now })
  await push(tx, deps, { family, now }, 'closed', '')
  await tell(tx, deps, { family, now }, 'family.status_changed', { status: 'closed' })
  return changed
}

const mustBeStage = ({ stages }: Region, stage: string): void => {
  if (!stages.includes(stage)) throw new DomainError('stage-order')
}

/** A curator must be an active staff member; intake specialists hear nothing of families. */
const mustBeCurator = async (tx: Tx, staffId: string): Promise<void> => {
  const member = await findStaff(tx, staffId)
  if (!member?.active || member.role === 'intake') throw new DomainError('not-eligible')
}

const note = (tx: Tx, { family, by, now }: Change, kind: FamilyEventKind, detail?: string) =>
  addFamilyEvent(tx, { familyId: family.id, at: now, kind, detail, ...by })

/** `which` makes the idempotency key unique. */
const push = (
  tx: Tx,
  deps: FamilyDeps,
  { family, now }: { family: Family; now: Date },
  kind: 'stage' | 'curator' | 'closed',
  which: string,
) => notifyFamily(tx, deps, { familyId: family.id, to: wholeFamily, kind, key: `${kind}.${which}`, now })

const tell = (
  tx: Tx,
  deps: FamilyDeps,
  { family, now }: { family: Family; now: Date },
  type: EventType,
  data: EventData,
) => announce(tx, deps, { type, now, requestId: null, familyId: family.id, data })
