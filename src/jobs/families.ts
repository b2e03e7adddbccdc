import { familyCardNotice } from '#dialogue/notices/family-card.ts'
import { pushNotice } from '#dialogue/notices/push.ts'
import { endPush, findPush } from '#storage/pushes.ts'
import { Unreachable } from './messenger.ts'
import type { WorkerDeps } from './workers.ts'

/** What families and their curators are told outside of a conversation. */
export const startFamilyWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, clock, log } = deps

  await jobs.work('push', async ({ pushId }) => {
    const push = await findPush(database, pushId)
    if (push?.status !== 'waiting') return
    const notice = await pushNotice(deps, push)
    const end = (status: 'sent' | 'dropped', messageId?: number) =>
      database.transaction((tx) =>
        endPush(tx, pushId, { status, now: clock.now(), ...(messageId !== undefined && { messageId }) }),
      )
    if (!notice) return void (await end('dropped'))
    const messageId = await messenger.send(notice.account, notice.view)
    await end('sent', messageId)
  })

  await jobs.work('family-card', async (card) => {
    const notice = await familyCardNotice(deps, card)
    if (!notice) return
    try {
      await messenger.send(notice.account, notice.view)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  })
}
