import type { CaseEventKind } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import type { CaseEvent } from '#storage/cases/case-events.ts'
import type { CountedTerm } from './count-terms.ts'
import { termRulesOf } from './term-rules.ts'

/** Why an open case has no term. */
export type NoTerm =
  /** Neither the text nor the product sets one for this stage. */
  | { why: 'stage-untimed'; stage: string }
  /** A term of this stage counts from an event whose day nobody has recorded. */
  | { why: 'event-missing'; event: CaseEventKind }
  /** A stage was left out, and its term with it. */
  | { why: 'stage-skipped'; stage: string }

export type NextTerm<T> = { term: T } | NoTerm

type Standing = { stage: string; events: readonly Pick<CaseEvent, 'kind' | 'detail'>[] }

/** The nearest open term of an open case, or why it has none. Null is a mistake in the region's data. Pure. */
export const nextTermOf = <T extends Pick<CountedTerm, 'state' | 'dueOn'>>(
  region: Region,
  { stage, events }: Standing,
  terms: readonly T[],
): NextTerm<T> | null => {
  const [term] = terms.filter(({ state }) => state === 'open').sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  if (term) return { term }
  const { caseRules, stages } = region
  if (caseRules.untimed.includes(stage)) return { why: 'stage-untimed', stage }
  const here = stages.indexOf(stage)
  const happened = new Set(events.map(({ kind }) => kind))
  const missing = termRulesOf(region)
    .flatMap(({ from }) => from)
    .filter((kind) => kind !== 'closed')
    .find(
      (kind) => !happened.has(kind) && placeOf(region, kind) !== null && (placeOf(region, kind) ?? 0) <= here,
    )
  if (missing) return { why: 'event-missing', event: missing }
  return events.some(({ kind }) => kind === 'skipped') ? { why: 'stage-skipped', stage } : null
}

/** The stage, by its place, at which an event puts the case; null: it moves nothing, or back. */
export const placeOf = ({ caseRules, stages }: Region, kind: CaseEventKind): number | null => {
  const rule = caseRules.events[kind]
  if (rule?.begins) return stages.indexOf(rule.begins)
  return rule?.ends ? stages.indexOf(rule.ends) + 1 : null
}

/** The stage to which an event moves a case that stands here; null: it stays. */
export const stageAfterEvent = (region: Region, stage: string, kind: CaseEventKind): string | null => {
  const back = region.caseRules.events[kind]?.back
  if (back !== undefined) return back === stage ? null : back
  const place = placeOf(region, kind)
  return place !== null && place > region.stages.indexOf(stage) ? (region.stages[place] ?? null) : null
}
