import type { Log } from '#core/log.ts'
import type { Jobs } from '#queue/boss.ts'
import type { Messenger } from '#dialogue/messenger.ts'
import type { Database } from '#storage/database.ts'
import { findSnapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { RetryAfter } from '#queue/run-job.ts'
import { longestWaitSeconds } from './flood-waits.ts'
import { accountOf, messageIdOf } from './update.ts'

/** Work postponed through the queue. */
export type Later = {
  draw(chatId: number, seconds: number): Promise<void>
  delete(chatId: number, messageId: number, minutes: number): Promise<void>
}

/**
 * Queues work that Telegram refused for now. A person who has not consented must not be stored: their card is redrawn
 * by a timer in this process and, if that dies, by their next tap.
 */
export const createLater = (
  database: Database,
  sealer: Sealer,
  jobs: Jobs,
  log: Log,
): Later & { serve(messenger: Messenger): void; stop(): void } => {
  const timers = new Set<NodeJS.Timeout>()
  let messenger: Messenger | undefined

  const drawHere = (account: string, seconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      messenger?.drawScreen(account).catch((error: unknown) => {
        if (error instanceof RetryAfter) drawHere(account, error.seconds)
        else log.warn('card.not-drawn', { error })
      })
    }, seconds * 1000)
    timers.add(timer)
  }

  return {
    draw: async (chatId, asked) => {
      // The wait of the chat is kept in `flood-waits.ts`; the drawing asks there.
      const seconds = Math.min(asked, longestWaitSeconds)
      try {
        const who = await findSnapshot(database, sealer, accountOf(chatId))
        if (!who) return drawHere(accountOf(chatId), seconds)
        const { id: personId } = who.person
        await database.transaction((tx) =>
          jobs.enqueue(tx, 'draw-screen', { personId }, { startAfter: seconds }),
        )
      } catch (error) {
        log.warn('card.not-queued', { error })
        drawHere(accountOf(chatId), seconds)
      }
    },
    delete: async (chatId, messageId, minutes) => {
      const who = await findSnapshot(database, sealer, accountOf(chatId))
      if (!who) return
      const job = { personId: who.person.id, messageId: messageIdOf(messageId) }
      await database.transaction((tx) =>
        jobs.enqueue(tx, 'delete-message', job, { startAfter: minutes * 60 }),
      )
    },
    serve: (by) => {
      messenger = by
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
