import type { Database, Tx } from '#storage/database.ts'
import { deleteConsoleAccessBefore } from '#storage/console/console-access.ts'
import { deleteChallengesBefore } from '#storage/console/ways-in.ts'
import { deleteFamilyInvitesExpiredBefore } from '#storage/families/family-members.ts'
import { deleteChatMessagesBefore } from '#storage/hiding/chat-messages.ts'
import { deleteStrayHiddenBefore } from '#storage/hiding/hidden-chats.ts'
import { deleteAnswersBefore } from '#storage/idempotent-answers.ts'
import { personsOfDraftsUntouchedSince } from '#storage/intake/drafts.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { deletePushesEndedBefore } from '#storage/pushes/pushes.ts'
import { deleteTogetherEndedBefore } from '#storage/requests/together.ts'
import {
  addRetentionRun,
  applicantsBefore,
  closedFamiliesBefore,
  countExpired,
  type Expiring,
  type StartedBy,
} from '#storage/retention/expired.ts'
import { forgetOldAudit } from '#storage/staff/audit-links.ts'
import { deleteStaffDraftsBefore } from '#storage/staff/staff-drafts.ts'
import { deleteStaffMessagesBefore } from '#storage/staff/staff-messages.ts'
import { deleteInvitesExpiredBefore } from '#storage/staff/staff.ts'
import { deleteFailuresBefore, deleteProcessedBefore } from '#storage/updates.ts'
import { deleteEventsBefore } from '#storage/webhooks/webhook-events.ts'
import { retentionRules, type RetentionRule, termOf } from './rules.ts'

/** Erases a closed family with all that is theirs, or an applicant of whom there is nothing else; returns whether it did. */
export type EraseExpired = {
  family: (familyId: string, now: Date) => Promise<boolean>
  applicant: (personId: string, now: Date) => Promise<boolean>
}

type Terms = { now: Date; closedYears: number | undefined }
type Deletion = (database: Database, before: Date, now: Date) => Promise<number>

const atOnce = 1000

/** Deletes in one transaction. */
const once =
  (some: (tx: Tx, before: Date) => Promise<number>): Deletion =>
  (database, before) =>
    database.transaction((tx) => some(tx, before))

/** Deletes in batches, one transaction each, because there may be many rows. */
const inBatches =
  (some: (tx: Tx, before: Date, now: Date) => Promise<number>): Deletion =>
  async (database, before, now) => {
    for (let count = 0; ; ) {
      const gone = await database.transaction((tx) => some(tx, before, now))
      if (gone === 0) return count
      count += gone
    }
  }

/** A draft goes with its person, if nothing else justifies keeping them. */
const drafts: Deletion = async (database, before) => {
  const persons = await personsOfDraftsUntouchedSince(database, before)
  for (const id of persons) await database.transaction((tx) => forgetPerson(tx, id, before))
  return persons.length
}

const deletions: Partial<Record<Expiring, Deletion>> = {
  drafts,
  'processed-updates': once(deleteProcessedBefore),
  'failed-updates': once(deleteFailuresBefore),
  'idempotent-answers': once(deleteAnswersBefore),
  'staff-messages': once(deleteStaffMessagesBefore),
  'chat-messages': once(deleteChatMessagesBefore),
  'stray-hidden': once(deleteStrayHiddenBefore),
  'staff-drafts': once(deleteStaffDraftsBefore),
  'staff-links': once(deleteInvitesExpiredBefore),
  'family-links': once(deleteFamilyInvitesExpiredBefore),
  'console-access': once(deleteConsoleAccessBefore),
  'console-challenges': once(deleteChallengesBefore),
  'webhook-events': inBatches(deleteEventsBefore),
  together: inBatches(deleteTogetherEndedBefore),
  pushes: inBatches(deletePushesEndedBefore),
  audit: inBatches((tx, until, now) => forgetOldAudit(tx, { until, now, most: atOnce })),
}

/** What is past its term, by rule; null: the centre has not said how long it keeps that. */
export const listExpired = async (
  database: Database,
  terms: Terms,
): Promise<{ rule: RetentionRule; count: number | null }[]> => {
  const found: { rule: RetentionRule; count: number | null }[] = []
  for (const rule of retentionRules) {
    const before = termOf(rule, terms)
    found.push({ rule, count: before && (await countExpired(database, rule.kind, before)) })
  }
  return found
}

/**
 * Deletes what is past its term, by rule, and leaves a row that says how much and who started it. Idempotent, and safe to run on
 * several instances at once. Closed cases, and requests that became none, go by `erase`; without it they are counted only, and stay.
 */
export const runRetention = async (
  database: Database,
  { startedBy, erase, ...terms }: Terms & { startedBy: StartedBy; erase?: EraseExpired },
): Promise<Record<string, number>> => {
  const { now } = terms
  const counts: Record<string, number> = {}
  for (const rule of retentionRules) {
    const before = termOf(rule, terms)
    if (before === null) continue
    const deletion = erase && rule.keeps === 'setting' ? erasing(erase, rule.kind) : deletions[rule.kind]
    if (deletion) counts[rule.kind] = await deletion(database, before, now)
  }
  await database.transaction((tx) => addRetentionRun(tx, { at: now, startedBy, counts }))
  return counts
}

/** One after the other: each is a transaction of its own, and one that cannot be erased does not hold up the rest. */
const erasing =
  (erase: EraseExpired, kind: Expiring): Deletion =>
  async (database, before, now) => {
    let count = 0
    if (kind === 'closed-cases') {
      for (const familyId of await closedFamiliesBefore(database, before, atOnce))
        if (await erase.family(familyId, now)) count += 1
    } else {
      for (const { personId, requests } of await applicantsBefore(database, before, atOnce))
        if (await erase.applicant(personId, now)) count += requests
    }
    return count
  }
