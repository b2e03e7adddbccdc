import { DomainError } from '#core/errors.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { stageAfterDecision } from '#features/families/path.ts'
import { setStage } from '#features/families/stage-transitions.ts'
import { termsOf } from '#storage/cases/case-terms.ts'
import { insertEpisode, lastEpisode } from '#storage/cases/episodes.ts'
import type { Tx } from '#storage/database.ts'
import { changeFamily, type Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { type Heed, noteAnswer } from './adults-view.ts'
import { caseNow, dayOfMoment, noteCase } from './case-record.ts'
import { termKey } from './count-terms.ts'
import { recountTerms } from './recount.ts'

type Step = { family: Family; by: Actor; now: Date }

/**
 * Accepts a family again whose support had ended: the next episode, with its own dates and terms, at the stage after the decision.
 * Throws `already-open`, `event-future`, `event-order` for days before the last end, or in the wrong order.
 */
export const acceptAgain = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, appliedOn, acceptedOn, by, now }: Step & { appliedOn: string; acceptedOn: string },
): Promise<Family> => {
  const { region } = deps
  if (family.status !== 'closed') throw new DomainError('already-open')
  // A family of before has its record by now.
  await caseNow(tx, region, family, now)
  const before = await lastEpisode(tx, family.id)
  if (acceptedOn > dayOfMoment(region, now)) throw new DomainError('event-future', { field: 'acceptedOn' })
  if (appliedOn > acceptedOn || (before?.closedOn ?? '') > acceptedOn)
    throw new DomainError('event-order', { field: 'acceptedOn' })
  const stage = stageAfterDecision(region)
  const familyId = family.id
  const opening = { familyId, ground: 'return', acceptedOn, openingStage: stage, at: now } as const
  const episode = await insertEpisode(tx, opening)
  const appliedAt = new Date(`${appliedOn}T12:00:00Z`)
  const active = await changeFamily(tx, familyId, { status: 'active', closedAt: null, appliedAt })
  const here = { episode, round: 1 }
  await noteCase(tx, here, { kind: 'application', day: appliedOn, by, now })
  if (region.caseRules.events['need-recognised'])
    await noteCase(tx, here, { kind: 'need-recognised', day: acceptedOn, by, now })
  const changed = await setStage(tx, deps, { family: active, to: stage, by, now })
  await recountTerms(tx, deps, changed, now)
  return changed
}

/**
 * Explains why an open term is not kept, also after the end of support: nobody is told of it any more. `words`: sealed for
 * `case_events.words`. Throws `not-found`; `already-closed` for a term that is not open.
 */
export const explainTerm = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, termId, words, by, now }: Step & { termId: string; words: string },
): Promise<void> => {
  const here = await caseNow(tx, deps.region, family, now)
  const term = (await termsOf(tx, family.id)).find(({ id }) => id === termId)
  if (!term) throw new DomainError('not-found')
  if (term.state !== 'open') throw new DomainError('already-closed')
  const day = dayOfMoment(deps.region, now)
  await noteCase(
    tx,
    // It may be of an earlier episode.
    { episode: { ...here.episode, id: term.episodeId }, round: term.round },
    { kind: 'explained', day, detail: termKey(term), words, by, now },
  )
  await recountTerms(tx, deps, family, now)
}

export const lookAnswers = ['good', 'same', 'worse'] as const
export type LookAnswer = (typeof lookAnswers)[number]

/**
 * Records how a family is after the end of support, with which they stay in touch (Chelyabinsk 3.2.1). That it is worse reaches the
 * curator at once, unless they record it themselves, or the caller tells them (`quiet`). Throws `not-allowed` while it is supported, or if
 * nobody stays in touch; `event-future`; `event-order` for a day before the end. `said`: by a member, not by staff.
 */
export const noteLook = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    on,
    how,
    by,
    quiet = false,
    said = { heed: 'heeded', role: 'parent' },
    now,
  }: Step & { on: string; how: LookAnswer; quiet?: boolean; said?: { heed: Heed; role: MemberRole } },
): Promise<void> => {
  const here = await caseNow(tx, deps.region, family, now)
  const { closedOn, contactAfter } = here.episode
  if (family.status !== 'closed' || closedOn === null || !contactAfter) throw new DomainError('not-allowed')
  if (on > dayOfMoment(deps.region, now)) throw new DomainError('event-future', { field: 'on' })
  if (on < closedOn) throw new DomainError('event-order', { field: 'on' })
  await noteAnswer(tx, here, { ...said, answer: { kind: 'after-look', day: on, detail: how, by, now } })
  await recountTerms(tx, deps, family, now)
  const known = quiet || (by.staffId !== undefined && by.staffId === family.curatorId)
  if (how === 'worse' && !known) await notifyStaff(tx, deps, { family, kind: 'after-worse', now })
}

/** Where sealed words about a case belong. */
export const wordsPlace = (familyId: string): string => `case_events.words.${familyId}`
