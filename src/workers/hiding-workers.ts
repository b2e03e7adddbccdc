import { neutralLine } from '#dialogue/hiding/neutral.ts'
import { Hidden, Unreachable } from '#dialogue/messenger.ts'
import { type WaitingForReturn, waitForReturn } from '#features/hiding/hide-chat.ts'
import { RetryAfter } from '#queue/run-job.ts'
import { personOfRecipient } from '#storage/accounts.ts'
import { findSnapshotOf, personOf } from '#storage/people.ts'
import type { WorkerDeps } from './deps.ts'

/** Workers for chats that their people have hidden. */
export const startHidingWorkers = (deps: WorkerDeps): void => {
  const { jobs, messenger, database, log } = deps

  jobs.work('clear-chat', async ({ personId }) => {
    const person = await personOf(database, personId)
    if (!person) return
    try {
      const cleared = await messenger.clear(person.account, neutralLine(deps, person.language))
      if (cleared) return log.info('chat.cleared-by-job')
      // Whoever had begun may have died over it.
      if ((await findSnapshotOf(database, personId))?.hidden?.cleared === false) throw new RetryAfter(2)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  })
}

/** What else is said to families than by pushes: of a hidden chat it is left until the person is back. */
export const unlessHidden = async (
  { database }: Pick<WorkerDeps, 'database'>,
  recipient: string,
  job: WaitingForReturn,
  work: () => Promise<unknown>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Hidden)) throw error
    const personId = personOfRecipient(recipient)
    const left = personId !== null && (await database.transaction((tx) => waitForReturn(tx, personId, job)))
    // Back in this very moment.
    if (!left) throw new RetryAfter(personId === null ? 600 : 1)
  }
}
