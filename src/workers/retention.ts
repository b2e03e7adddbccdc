import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { personsOfDraftsUntouchedSince } from '#storage/intake/drafts.ts'
import { deleteFamilyInvitesExpiredBefore } from '#storage/families/family-members.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { deletePushesEndedBefore } from '#storage/pushes/pushes.ts'
import { deleteAnswersBefore } from '#storage/idempotent-answers.ts'
import { deleteConsoleAccessBefore } from '#storage/console/console-access.ts'
import { deleteChallengesBefore } from '#storage/console/ways-in.ts'
import { draftKeptMs } from '#features/staff/staff-drafts.ts'
import { deletableForMs, deleteStaffMessagesBefore } from '#storage/staff/staff-messages.ts'
import { deleteStaffDraftsBefore } from '#storage/staff/staff-drafts.ts'
import { deleteInvitesExpiredBefore } from '#storage/staff/staff.ts'
import { deleteFailuresBefore, deleteProcessedBefore } from '#storage/updates.ts'
import { deleteEventsBefore } from '#storage/webhooks/webhook-events.ts'

const day = 24 * 60 * 60 * 1000

/** Retention periods in days. Drafts: 30, as promised to families. Telegram redelivers updates for one day at most. */
const retentionDays = {
  draft: 30,
  processedUpdate: 7,
  failedUpdate: 30,
  expiredInvite: 7,
  idempotentAnswer: 1,
  webhookEvent: 90,
  push: 30,
}

/** Deletes data past its retention period. Idempotent, and safe to run on several instances at once. */
export const deleteExpiredData = async (database: Database, now: Date, log: Log): Promise<void> => {
  const before = (days: number) => new Date(now.getTime() - days * day)
  const date = before(retentionDays.draft)
  const persons = await personsOfDraftsUntouchedSince(database, date)
  for (const id of persons) await database.transaction((tx) => forgetPerson(tx, id, date))
  const counts = await database.transaction(async (tx) => ({
    processedUpdates: await deleteProcessedBefore(tx, before(retentionDays.processedUpdate)),
    failedUpdates: await deleteFailuresBefore(tx, before(retentionDays.failedUpdate)),
    idempotentAnswers: await deleteAnswersBefore(tx, before(retentionDays.idempotentAnswer)),
    staffMessages: await deleteStaffMessagesBefore(tx, new Date(now.getTime() - deletableForMs)),
    staffDrafts: await deleteStaffDraftsBefore(tx, new Date(now.getTime() - draftKeptMs)),
    invites: await deleteInvitesExpiredBefore(tx, before(retentionDays.expiredInvite)),
    familyInvites: await deleteFamilyInvitesExpiredBefore(tx, before(retentionDays.expiredInvite)),
    consoleAccess: await deleteConsoleAccessBefore(tx, before(retentionDays.expiredInvite)),
    consoleChallenges: await deleteChallengesBefore(tx, now),
  }))
  const webhookEvents = await deleteInBatches(database, (tx) =>
    deleteEventsBefore(tx, before(retentionDays.webhookEvent)),
  )
  const pushes = await deleteInBatches(database, (tx) =>
    deletePushesEndedBefore(tx, before(retentionDays.push)),
  )
  log.info('retention.done', { drafts: persons.length, ...counts, webhookEvents, pushes })
}

/** Deletes in batches, one transaction each, because there may be many rows. Returns how many were deleted. */
const deleteInBatches = async (database: Database, some: (tx: Tx) => Promise<number>): Promise<number> => {
  let count = 0
  for (;;) {
    const gone = await database.transaction(some)
    if (gone === 0) return count
    count += gone
  }
}
