import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import { alarmsIn, urgentReasons } from '#features/requests/urgency.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Database, Tx } from '#storage/database.ts'
import { draftsLeft, draftsToRemindOf, markReminded } from '#storage/intake/drafts.ts'
import { insertPushes } from '#storage/pushes/pushes.ts'
import { findRequest, latestRequestOf } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, answersSchema } from './answers.ts'
import { waysToContact } from './safe-contact.ts'

type Deps = { enqueue: Enqueue; sealer: Sealer; region: Region }

/** How long (ms) somebody is left alone with what they have begun. */
const leftForMs = 24 * 60 * 60_000

const leftBefore = (now: Date) => new Date(now.getTime() - leftForMs)

/** Whether there are any. */
export const draftsDue = (now: Date): Rows[] => [draftsLeft(leftBefore(now))]

/**
 * Reminds of left drafts, each of them once: a neutral line that can be continued, and silence afterwards. A draft is marked
 * in the transaction that queues the push. Returns how many.
 */
export const remindOfDrafts = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<number> => {
  let count = 0
  const before = leftBefore(clock.now())
  for (const id of await draftsToRemindOf(database, before)) {
    if (signal?.aborted) break
    try {
      if (await database.transaction((tx) => remind(tx, deps, { id, before, now: clock.now() }))) count += 1
    } catch (error) {
      deps.log.error('draft.not-reminded', { draft: id, error })
    }
  }
  return count
}

const remind = async (
  tx: Tx,
  { enqueue, sealer, region }: Deps,
  { id, before, now }: { id: string; before: Date; now: Date },
): Promise<boolean> => {
  const draft = await markReminded(tx, id, { before, now })
  if (!draft) return false
  const { personId, revision } = draft
  const answers = answersSchema.safeParse(sealer.openJson(draft.answers, `drafts.answers.${personId}`))
  if (!answers.success || (await isForbidden(tx, sealer, personId))) return false
  if (!mayRemind(answers.data, await isOfDanger(tx, region, answers.data))) return false
  const about = { familyId: null, kind: 'draft', subjectId: id, version: revision, urgent: false } as const
  const [push] = await insertPushes(tx, [{ ...about, personId, key: `draft.${id}`, at: now }])
  if (push) await enqueue(tx, 'push', { pushId: push.id })
  return push !== undefined
}

/**
 * Whether the answers allow it. A minor, and whoever has told of danger, is written to only once they have said that it is
 * safe: whoever threatens them may hold the phone. Pure.
 */
const mayRemind = (answers: Answers, danger: boolean): boolean => {
  const safe = (waysToContact(answers) ?? answers).safeToWrite
  return answers.applicant === 'minor' || danger ? safe === 'yes' : safe !== 'no'
}

const isOfDanger = async (tx: Tx, region: Region, answers: Answers): Promise<boolean> =>
  urgentReasons(answers, region, await alarmsIn(tx, answers, null)).length > 0

/** «Не писать» in an earlier request holds until they say otherwise. */
const isForbidden = async (tx: Tx, sealer: Sealer, personId: string): Promise<boolean> => {
  const latest = await latestRequestOf(tx, personId)
  const request = latest && (await findRequest(tx, latest.id))
  return request !== null && (await isSilenced(tx, sealer, request))
}
