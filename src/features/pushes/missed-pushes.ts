import type { Reader } from '#storage/database.ts'
import { subjectsOf } from '#storage/pushes/push-subjects.ts'
import { type Push, pushesOf } from '#storage/pushes/pushes.ts'
import { isStillRelevant } from './decide-push.ts'

/** Missed notifications of an unreachable person, by subject; each visit counts once. */
export type MissedCounts = { visits: number; plan: number; messages: number; surveys: number; news: number }

export type HeldPushes = {
  missed: MissedCounts
  /** Pushes that are still relevant (`told`), and those that are not (`gone`). */
  told: Push[]
  gone: Push[]
}

/** Sorts all pushes held for a person. */
export const heldPushesOf = async (reader: Reader, personId: string, now: Date): Promise<HeldPushes> => {
  const held = await pushesOf(reader, personId, 'held')
  const subject = await subjectsOf(reader, held)
  const { told = [], gone = [] } = Object.groupBy(held, (push) =>
    // An undelivered summary is not counted: the pushes that it summarised are still held.
    push.kind !== 'missed' && isStillRelevant(push, subject(push), now) ? 'told' : 'gone',
  )
  const about = (topic: keyof MissedCounts) => told.filter(({ kind }) => topicOf(kind) === topic)
  const missed = {
    visits: new Set(about('visits').map(({ subjectId }) => subjectId)).size,
    plan: new Set(about('plan').map(({ familyId }) => familyId)).size,
    messages: about('messages').length,
    surveys: new Set(about('surveys').map(({ subjectId }) => subjectId)).size,
    news: about('news').length,
  }
  return { missed, told, gone }
}

const topicOf = (kind: Push['kind']): keyof MissedCounts => {
  if (kind === 'message') return 'messages'
  if (kind === 'plan' || kind === 'proposal') return 'plan'
  if (kind === 'survey' || kind === 'survey-again') return 'surveys'
  return kind.startsWith('visit-') ? 'visits' : 'news'
}
