import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { type PushMode, type Snapshot, setPushMode } from '#storage/people.ts'
import { setQuietHours } from '#storage/pushes/push-settings.ts'
import { pushesOf } from '#storage/pushes/pushes.ts'
import type { QuietHours } from './quiet-hours.ts'

/** Whose settings they are. Throws `not-found` for somebody of whom nothing is kept. */
export const personForMember = (who: Snapshot | null): Snapshot['person'] => {
  if (!who) throw new DomainError('not-found')
  return who.person
}

/** What pushes may say from now on. */
export const choosePushMode = (
  tx: Tx,
  { personId, mode }: { personId: string; mode: PushMode },
): Promise<void> => setPushMode(tx, personId, mode)

/** When nothing is pushed from now on; what waited for the end of the earlier hours is judged by these. */
export const chooseQuietHours = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { personId, quiet }: { personId: string; quiet: QuietHours },
): Promise<void> => {
  await setQuietHours(tx, personId, quiet)
  for (const { id: pushId } of await pushesOf(tx, personId, 'waiting')) await enqueue(tx, 'push', { pushId })
}
