import { digestNotice } from '#dialogue/surveys/survey-digest-notice.ts'
import { digestFor, weekOf } from '#features/surveys/results-digest.ts'
import { personOf } from '#storage/people.ts'
import { findStaff, joinedStaff } from '#storage/staff/staff.ts'
import { recordDigest, wasDigestSent } from '#storage/surveys/survey-digests.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Workers for the Monday digest of survey answers to supervisors; weeks without news are skipped. */
export const startDigestWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, region, clock, log } = deps

  jobs.work('survey-digests', async () => {
    const supervisors = await joinedStaff(database, 'supervisor')
    await database.transaction(async (tx) => {
      for (const { id: staffId, unreachableSince } of supervisors)
        if (unreachableSince === null) await jobs.enqueue(tx, 'survey-digest', { staffId })
    })
  })
  await jobs.schedule('survey-digests', '0 10 * * 1', region.timeZone, {})

  jobs.work('survey-digest', async ({ staffId }) => {
    const staff = await findStaff(database, staffId)
    const person = staff?.personId ? await personOf(database, staff.personId) : null
    if (!staff?.active || staff.role !== 'supervisor' || !person) return
    const now = clock.now()
    const digest = await digestFor(database, { region }, { staff, now })
    if (!digest) return
    const notice = await digestNotice(deps, person, digest)
    const sent = { staffId, week: weekOf(now, region.timeZone) }
    if (await wasDigestSent(database, sent)) return
    try {
      await sendToStaff(deps, staffId, notice)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      return log.info('person.unreachable')
    }
    // Recorded after sending: a crash in between repeats the digest, which is better than losing it.
    await database.transaction((tx) => recordDigest(tx, { ...sent, at: now }))
  })
}
