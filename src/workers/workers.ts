import { accountNotice } from '#dialogue/families/account-notice.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { familyNotice, staffCardNotice, staffNewsNotice } from '#dialogue/requests/requests-notice.ts'
import { markAccountUnreachable } from '#features/pushes/reachability.ts'
import { readersInstead } from '#features/requests/note-apart.ts'
import { objectionReaders } from '#features/requests/objection.ts'
import { eraseClosed } from '#features/retention/erase-closed.ts'
import { secondsUntil } from '#features/routing/delays.ts'
import { markStaffUnreachable } from '#features/routing/reassign.ts'
import { endpointHost } from '#features/webhooks/endpoint-health.ts'
import type { Payload } from '#queue/queues.ts'
import { personOf } from '#storage/people.ts'
import { openCasesOf } from '#storage/requests/open-cases.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { cardsOf, saveCard } from '#storage/requests/staff-cards.ts'
import { findStaff, joinedStaff } from '#storage/staff/staff.ts'
import { findEndpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { startAccessWorkers } from './access-workers.ts'
import { startAuditWorkers } from './audit-workers.ts'
import type { WorkerDeps } from './deps.ts'
import { startFamilyWorkers } from './family-workers.ts'
import { startHidingWorkers, unlessHidden } from './hiding-workers.ts'
import { startLeavingWorkers } from './leaving-workers.ts'
import { startReportWorkers } from './report-workers.ts'
import { deleteExpiredData } from './retention.ts'
import { startRoutingWorkers } from './routing-workers.ts'
import { startDataRequestWorkers } from './data-request-workers.ts'
import { startErasureWorkers } from './erasure.ts'
import { startAccountWorkers } from './seal-accounts.ts'
import { sendToStaff } from './send-to-staff.ts'
import { startTerritoryWorkers } from './territory-workers.ts'

/** For how long a card is redrawn: a session lives no longer. */
const sessionMs = 48 * 60 * 60_000

/** Starts the workers of all queues but the webhooks'. Every handler is idempotent, since a job may run twice. */
export const startWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, sealer, region, clock, texts, log } = deps

  const routing = { enqueue: jobs.enqueue, region, sealer }

  /** Ignores `Unreachable`: retrying would not help. */
  const skipUnreachable = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  }

  /** As `skipUnreachable`, for family members: also marks the account unreachable, which holds further pushes. */
  const sendToPerson = (account: string, work: () => Promise<unknown>) =>
    skipUnreachable(async () => {
      try {
        await work()
      } catch (error) {
        if (error instanceof Unreachable)
          await database.transaction((tx) =>
            markAccountUnreachable(tx, routing, { account, now: clock.now() }),
          )
        throw error
      }
    })

  /** As `skipUnreachable`, for staff: also reassigns the request, so that its news is not lost. */
  const tellOfRequest = (about: Parameters<typeof markStaffUnreachable>[2], work: () => Promise<unknown>) =>
    skipUnreachable(async () => {
      try {
        await work()
      } catch (error) {
        if (error instanceof Unreachable)
          await database.transaction((tx) => markStaffUnreachable(tx, routing, about))
        throw error
      }
    })

  /** What concerns several chats is a job for each, so that a wait or a failure of one delays and repeats nobody else's. */
  const addressEach = <Q extends 'staff-news' | 'staff-alert' | 'staff-card-refresh'>(
    queue: Q,
    staffIds: readonly string[],
    payload: (staffId: string) => Payload<Q>,
  ) =>
    database.transaction((tx) =>
      jobs.enqueueMany(
        tx,
        queue,
        staffIds.map((id) => ({ payload: payload(id) })),
      ),
    )

  jobs.work(
    'staff-card',
    ({ requestId, staffId }) =>
      tellOfRequest({ requestId, staffId, now: clock.now() }, async () => {
        const notice = await staffCardNotice(deps, requestId, staffId, { fresh: true })
        if (!notice) return
        const earlier = (await cardsOf(database, requestId)).find((card) => card.staffId === staffId)
        const messageId = await sendToStaff(deps, staffId, notice)
        await saveCard(database, { requestId, staffId, messageId })
        // Only the newest card is redrawn; an older one would show the request as waiting forever.
        if (earlier) await messenger.remove(notice.account, earlier.messageId)
        // Claimed or withdrawn while the card was being sent: the refresh ran before the card was saved.
        const now = await staffCardNotice(deps, requestId, staffId)
        if (now && now.view.html !== notice.view.html) await messenger.edit(now.account, messageId, now.view)
      }),
    { concurrency: 4 },
  )

  jobs.work('staff-cards-refresh', async ({ requestId }) => {
    const cards = await cardsOf(database, requestId)
    await addressEach(
      'staff-card-refresh',
      cards.map(({ staffId }) => staffId),
      (staffId) => ({ requestId, staffId }),
    )
    const since = new Date(clock.now().getTime() - sessionMs)
    await addressEach('staff-card-refresh', await openCasesOf(database, requestId, since), (staffId) => ({
      requestId,
      staffId,
      live: true,
    }))
  })

  jobs.work(
    'staff-card-refresh',
    async ({ requestId, staffId, live }) => {
      if (live) {
        const personId = (await findStaff(database, staffId))?.personId
        const person = personId ? await personOf(database, personId) : null
        if (person) await skipUnreachable(() => messenger.redrawCase(person.account, requestId))
        return
      }
      const card = (await cardsOf(database, requestId)).find((one) => one.staffId === staffId)
      const notice = card && (await staffCardNotice(deps, requestId, staffId))
      if (notice) await skipUnreachable(() => messenger.edit(notice.account, card.messageId, notice.view))
    },
    { concurrency: 4 },
  )

  /** Whoever a waiting request was shown to, but nobody from whom a line of it is kept. */
  const shownTo = async (requestId: string) => {
    const kept = await hiddenFromInRequest(database, requestId)
    return (await cardsOf(database, requestId)).flatMap(({ staffId }) =>
      kept.includes(staffId) ? [] : staffId,
    )
  }

  jobs.work('staff-news', async ({ requestId, news, staffId, ...how }) => {
    const request = await findRequest(database, requestId)
    if (!request) return
    const ofHidden = news === 'hidden' || news === 'hidden-alarm'
    const instead = ofHidden ? await readersInstead(database, request) : null
    // Also if words about whoever has it came while this waited.
    if (staffId === undefined || (instead && staffId === request.assignedToId)) {
      const holder = request.assignedToId ? [request.assignedToId] : await shownTo(requestId)
      const staff = news === 'objection' ? await objectionReaders(database, request) : (instead ?? holder)
      return addressEach('staff-news', staff, (one) => ({ requestId, news, staffId: one, ...how }))
    }
    // Reassigned while this waited: the new assignee has a card of their own.
    const supervised = news === 'objection' || news === 'late' || news === 'note-apart'
    if (
      !supervised &&
      !instead?.includes(staffId) &&
      request.assignedToId &&
      request.assignedToId !== staffId
    )
      return
    const notice = await staffNewsNotice(deps, requestId, staffId, { news, ...how })
    if (!notice) return
    const told = news === 'late' || news === 'note-apart' || ofHidden ? {} : { news }
    const about = { requestId, staffId, ...told, now: clock.now() }
    await tellOfRequest(about, () => sendToStaff(deps, staffId, notice))
  })

  jobs.work('family-notice', async (news) => {
    const notice = await familyNotice(deps, news)
    if (!notice) return
    if ('until' in notice) {
      const startAfter = secondsUntil(notice.until, clock.now())
      return database.transaction((tx) => jobs.enqueue(tx, 'family-notice', news, { startAfter }))
    }
    await unlessHidden(deps, notice.account, { queue: 'family-notice', payload: news }, () =>
      sendToPerson(notice.account, () => messenger.send(notice.account, notice.view)),
    )
  })

  jobs.work('account-notice', async ({ changeId }) => {
    const notice = await accountNotice(deps, changeId)
    if (!notice) return
    const job = { queue: 'account-notice' as const, payload: { changeId } }
    await unlessHidden(deps, notice.account, job, () =>
      skipUnreachable(async () => void (await messenger.send(notice.account, notice.view))),
    )
  })

  jobs.work('delete-message', async ({ personId, messageId }) => {
    const person = await personOf(database, personId)
    if (person) await skipUnreachable(() => messenger.remove(person.account, messageId))
  })

  jobs.work('draw-screen', async ({ personId }) => {
    const person = await personOf(database, personId)
    if (person) await sendToPerson(person.account, () => messenger.drawScreen(person.account))
  })

  jobs.work('staff-alert', async (alert) => {
    const { kind, requestId, staffId, endpointId, recipientId } = alert
    if (recipientId === undefined) {
      const supervisors = await joinedStaff(database, 'supervisor')
      const ids = supervisors.map(({ id }) => id)
      return addressEach('staff-alert', ids, (one) => ({ ...alert, recipientId: one }))
    }
    const request = requestId === undefined ? null : await findRequest(database, requestId)
    const specialist = staffId === undefined ? null : await findStaff(database, staffId)
    const endpoint = endpointId === undefined ? null : await findEndpoint(database, endpointId)
    // The endpoint has been deleted meanwhile: the alert is obsolete.
    if (endpointId !== undefined && !endpoint) return
    const host = endpoint ? endpointHost(endpoint) : ''
    const values = { number: request?.number ?? '', name: specialist?.name ?? '', host }
    const recipient = await findStaff(database, recipientId)
    const person =
      recipient?.active && recipient.personId ? await personOf(database, recipient.personId) : null
    if (!person) return
    const html = texts.for(person.language, 'adult').t(`staff.alerts.${kind}`, values)
    const { account } = person
    const view = { screen: `alert.${kind}`, html, rows: [] }
    await skipUnreachable(async () => void (await sendToStaff(deps, recipientId, { account, view })))
  })

  startHidingWorkers(deps)
  await startAccessWorkers(deps)
  startTerritoryWorkers(deps)
  await startLeavingWorkers(deps)
  await startReportWorkers(deps)
  await startFamilyWorkers(deps)
  startRoutingWorkers({ database, region, clock, jobs, log })
  await startAuditWorkers(deps)
  await startAccountWorkers({ database, sealer, jobs, log })
  await startErasureWorkers(deps)
  await startDataRequestWorkers(deps)
  jobs.work('retention', () =>
    deleteExpiredData(database, clock.now(), log, {
      closedYears: deps.closedYears,
      erase: eraseClosed(database, { sealer, enqueue: jobs.enqueue }),
    }),
  )
  await jobs.schedule('retention', '0 3 * * *', region.timeZone, {})
}
