import { DomainError } from '#core/errors.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import type { CaseEvent } from '#storage/cases/case-events.ts'
import { placeOf } from './next-term.ts'

type Given = {
  kind: CaseEventKind
  on: string
  /** Where the case stands. */
  stage: string
  /** In the region's zone. */
  today: string
}

type Known = Pick<CaseEvent, 'kind' | 'day' | 'round' | 'implied'>

/**
 * Refuses a day on which the event cannot have happened: later than today, before what causes it, after what it caused. A cause that
 * nobody recorded is no obstacle once the case has passed it, or if the event itself moves the case there. Pure. Throws
 * `event-future`, `event-order`.
 */
export const mustBeInOrder = (
  region: Region,
  { kind, on, stage, today }: Given,
  events: readonly Known[],
): void => {
  if (on > today) throw new DomainError('event-future', { field: 'on' })
  const { events: rules } = region.caseRules
  const rule = rules[kind]
  const round = Math.max(1, ...events.map((one) => one.round))
  const here = events.filter((one) => one.round === round)
  const last = (of: CaseEventKind) => [...here, ...events].find((one) => one.kind === of)?.day ?? null
  const refuse = (): never => {
    throw new DomainError('event-order', { field: 'on' })
  }
  for (const cause of rule?.after ?? []) {
    const day = last(cause)
    if (day !== null && on < day) refuse()
    if (day !== null) continue
    const place = placeOf(region, cause)
    const passed = place !== null && place <= region.stages.indexOf(stage)
    // Whoever records it leaves out the stage of its cause, which takes a reason.
    const skips = rule?.back === undefined && placeOf(region, kind) !== null
    if (!passed && !skips) refuse()
  }
  const applied = events.find((one) => one.kind === 'application')
  if (kind !== 'application' && applied && on < applied.day) refuse()
  for (const one of here) {
    // Nobody gave the day of what only followed from a change of stage.
    if (one.implied || one.day >= on) continue
    const { after = [], back } = rules[one.kind as CaseEventKind] ?? {}
    // It began the round: what caused it belongs to the one before.
    if (back !== undefined) continue
    if (after.includes(kind) || kind === 'application') refuse()
  }
}
