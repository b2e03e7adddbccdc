import { DomainError } from '#core/errors.ts'
import {
  type CaseNow,
  caseNow,
  dayOfMoment,
  impliedBy,
  noteCase,
  stagesBetween,
} from '#features/cases/case-record.ts'
import { groundsOf } from '#features/cases/grounds.ts'
import { recountTerms } from '#features/cases/recount.ts'
import { tellOfSkip } from '#features/cases/overseers.ts'
import { inviteAtEnd } from '#features/surveys/invite.ts'
import { cancelVisitsAhead } from '#features/visits/upcoming.ts'
import type { Region } from '#regions/schema.ts'
import type { SkipReason } from '#storage/cases/case-events.ts'
import { closeEpisode } from '#storage/cases/episodes.ts'
import type { Tx } from '#storage/database.ts'
import { changeFamily, type EndReason, type Family } from '#storage/families/families.ts'
import { type FamilyDeps, mustBeActive } from './active.ts'
import { type Change, note, push, tell } from './note-and-tell.ts'

// Where a case stands, and its end.

export type Move = Change & {
  to: string
  /** Why stages are left out. */
  skip?: SkipReason | undefined
  /** The day on which it happened, in the region's zone; today if absent. */
  day?: string
}

/**
 * Moves a family to a later stage and notifies it. What the change says of events is recorded, as of that day. A stage is left out with
 * a reason only, of which the supervisors learn. Does nothing if it is at that stage. Throws `stage-order`, `already-closed`,
 * `skip-reason`.
 */
export const moveFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { to, skip, day, ...change }: Move,
): Promise<Family> => {
  const { family, now } = change
  const { region } = deps
  mustBeActive(family)
  mustBeStage(region, to)
  const { stages } = region
  if (stages.indexOf(to) < stages.indexOf(family.stage)) throw new DomainError('stage-order')
  if (to === family.stage) return family
  const here = await caseNow(tx, region, family, now)
  const on = day ?? dayOfMoment(region, now)
  const known = new Set(here.events.filter(({ round }) => round === here.round).map(({ kind }) => kind))
  const left = stagesBetween(region, family.stage, to)
  if (left.length > 0 && skip === undefined) throw new DomainError('skip-reason')
  for (const stage of left)
    await noteOf(tx, here, change, { kind: 'skipped', day: on, detail: stage, reason: skip ?? null })
  for (const kind of impliedBy(region, family.stage, to))
    if (!known.has(kind)) await noteOf(tx, here, change, { kind, day: on, implied: true })
  const changed = await setStage(tx, deps, { ...change, to })
  if (left.length > 0) await tellOfSkip(tx, deps, { family: changed, stages: left, now })
  await recountTerms(tx, deps, changed, now)
  return changed
}

/** Puts a family at a stage, also an earlier one, and notifies it. */
export const setStage = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, to, by, now }: Change & { to: string },
): Promise<Family> => {
  const changed = await changeFamily(tx, family.id, { stage: to })
  await note(tx, { family, by, now }, 'stage', to)
  // It may come to the same stage again, on its way back or after it.
  await push(tx, deps, { family, now }, 'stage', `${to}.${changed.revision}`)
  await tell(tx, deps, { family, now }, 'family.status_changed', { status: 'active', stage: to })
  return changed
}

const noteOf = (
  tx: Tx,
  here: CaseNow,
  { by, now }: Change,
  event: Omit<Parameters<typeof noteCase>[2], 'by' | 'now'>,
) => noteCase(tx, here, { ...event, by, now })

type Closing = Change & {
  /** One of the region's grounds; of the product's where its text has none. */
  reason?: EndReason | undefined
  /** Whether family and curator stay in touch: the family is asked every three months how it is. */
  contactAfter?: boolean | undefined
}

/**
 * Ends support (снятие с сопровождения): closes the episode with its terms, cancels the upcoming visits and notifies the family.
 * Throws `already-closed`; `invalid-input` for a ground that the region does not have.
 */
export const closeFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, reason, contactAfter = false, by, now }: Closing,
): Promise<Family> => {
  mustBeActive(family)
  if (reason !== undefined && !groundsOf(deps.region).some(({ code }) => code === reason))
    throw new DomainError('invalid-input', { field: 'reason' })
  const here = await caseNow(tx, deps.region, family, now)
  const day = dayOfMoment(deps.region, now)
  const changed = await changeFamily(tx, family.id, { status: 'closed', closedAt: now })
  await note(tx, { family, by, now }, 'closed', reason)
  await noteCase(tx, here, { kind: 'closed', day, detail: reason ?? null, by, now })
  await closeEpisode(tx, here.episode.id, { closedOn: day, closing: reason ?? null, contactAfter })
  await recountTerms(tx, deps, changed, now)
  await cancelVisitsAhead(tx, deps, { family, by, now })
  await inviteAtEnd(tx, { family, episode: here.episode.number, now })
  await push(
    tx,
    deps,
    { family, now },
    'closed',
    here.episode.number === 1 ? '' : String(here.episode.number),
  )
  await tell(tx, deps, { family, now }, 'family.status_changed', { status: 'closed' })
  return changed
}

export const mustBeStage = ({ stages }: Region, stage: string): void => {
  if (!stages.includes(stage)) throw new DomainError('stage-order')
}
