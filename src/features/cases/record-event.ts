import { DomainError } from '#core/errors.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { mustBeActive } from '#features/families/active.ts'
import { moveFamily, setStage } from '#features/families/stage-transitions.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import { type CaseEvent, caseEventsOf, type SkipReason } from '#storage/cases/case-events.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { caseNow, dayOfMoment, noteCase } from './case-record.ts'
import { mustBeInOrder } from './event-order.ts'
import { placeOf } from './next-term.ts'
import { recountTerms } from './recount.ts'

type Recording = {
  /** Locked in this transaction. */
  family: Family
  kind: CaseEventKind
  /** ISO date in the region's zone. */
  on: string
  /** Why stages are left out, if they are. */
  skip?: SkipReason | undefined
  by: Actor
  now: Date
}

/**
 * Records what happened to a case on a day, moves the case to the stage that begins with it, and counts its terms anew. What only
 * followed from a change of stage is replaced by what somebody records. Throws `invalid-input` for an event that the region does
 * not have, `event-future`, `event-order`, `event-twice`, `skip-reason`, `already-closed`.
 */
export const recordEvent = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, kind, on, skip, by, now }: Recording,
): Promise<CaseEvent> => {
  const { region } = deps
  mustBeActive(family)
  const rule = region.caseRules.events[kind]
  if (!rule) throw new DomainError('invalid-input', { field: 'kind' })
  const here = await caseNow(tx, region, family, now)
  const earlier = here.events.filter((one) => one.kind === kind && one.round === here.round)
  const implied = earlier.find((one) => one.implied)
  const twice = rule.again ? earlier.some(({ day }) => day === on) : earlier.some((one) => !one.implied)
  if (twice) throw new DomainError('event-twice', { field: 'on' })
  mustBeInOrder(region, { kind, on, stage: family.stage, today: dayOfMoment(region, now) }, here.events)

  const back = rule.back !== undefined
  const target = back ? region.stages.indexOf(rule.back ?? '') : placeOf(region, kind)
  const stands = region.stages.indexOf(family.stage)
  const to = target !== null && (back ? target < stands : target > stands) ? region.stages[target] : undefined
  const recorded = await noteCase(tx, back ? { ...here, round: here.round + 1 } : here, {
    ...{ kind, day: on, by, now },
    leftStage: to === undefined ? (implied?.leftStage ?? null) : family.stage,
    correctsId: !rule.again && implied ? implied.id : null,
  })
  if (to !== undefined && back) await setStage(tx, deps, { family, to, by, now })
  else if (to !== undefined) await moveFamily(tx, deps, { family, to, skip, day: on, by, now })
  await recountTerms(tx, deps, (await findFamily(tx, family.id)) ?? family, now)
  return recorded
}

type Correcting = {
  family: Family
  eventId: bigint
  /** The right day; null: it did not happen. */
  on: string | null
  /** Sealed for `case_events.words` by the caller. */
  words?: string | undefined
  by: Actor
  now: Date
}

/**
 * Corrects the day of an event, or says that it did not happen: a row that names the one it replaces. A correction can be corrected by
 * naming it; what has been replaced already cannot. What moved the case goes back, if the case is still where it went. Throws
 * `not-found`, `stale`, `event-future`, `event-order`.
 */
export const correctEvent = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, eventId, on, words, by, now }: Correcting,
): Promise<CaseEvent> => {
  const { region } = deps
  mustBeActive(family)
  const here = await caseNow(tx, region, family, now)
  const event = here.events.find(({ id }) => id === eventId)
  if (!event) {
    const replaced = (await caseEventsOf(tx, family.id)).some(({ id }) => id === eventId)
    throw new DomainError(replaced ? 'stale' : 'not-found')
  }
  const kind = event.kind as CaseEventKind
  const rule = region.caseRules.events[kind]
  if (!rule) throw new DomainError('not-allowed')
  const others = here.events.filter(({ id }) => id !== eventId)
  if (on !== null)
    mustBeInOrder(region, { kind, on, stage: family.stage, today: dayOfMoment(region, now) }, others)
  const { round, leftStage, day, detail } = event
  const corrected = await noteCase(
    tx,
    { ...here, round },
    {
      ...{ kind, detail, day: on ?? day, by, now, leftStage },
      void: on === null,
      correctsId: eventId,
      words: words ?? null,
    },
  )
  const place = rule.back ? region.stages.indexOf(rule.back) : placeOf(region, kind)
  const undone = on === null && leftStage !== null && place === region.stages.indexOf(family.stage)
  const changed = undone ? await setStage(tx, deps, { family, to: leftStage, by, now }) : family
  await recountTerms(tx, deps, changed, now)
  return corrected
}
