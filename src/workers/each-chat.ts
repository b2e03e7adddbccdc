import type { Log } from '#core/log.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { RetryAfter } from '#queue/run-job.ts'

/**
 * Runs idempotent work for several chats; a failure or a flood wait of one does not prevent the others. Afterwards
 * throws the first failure, or the longest wait. Ignores unreachable persons.
 */
export const forEachChat = async <T>(
  items: readonly T[],
  log: Log,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const failures: unknown[] = []
  const waits: RetryAfter[] = []
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      if (error instanceof RetryAfter) waits.push(error)
      else if (error instanceof Unreachable) log.info('person.unreachable')
      else failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  const [longest] = waits.toSorted((a, b) => b.seconds - a.seconds)
  if (longest) throw longest
}
