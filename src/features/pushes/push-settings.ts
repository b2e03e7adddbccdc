import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { type PushMode, setPushMode, setQuietHours } from '#storage/pushes/push-settings.ts'
import { pushesOf } from '#storage/pushes/pushes.ts'
import type { QuietHours } from './quiet-hours.ts'

/** The person whose settings are shown. Throws `not-found` for an unknown person. */
export const personForMember = (who: Snapshot | null): Snapshot['person'] => {
  if (!who) throw new DomainError('not-found')
  return who.person
}

/** Sets how much pushes may reveal. */
export const choosePushMode = (
  tx: Tx,
  { personId, mode }: { personId: string; mode: PushMode },
): Promise<void> => setPushMode(tx, personId, mode)

/** Sets the quiet hours; waiting pushes are decided again by the new ones. */
export const chooseQuietHours = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { personId, quiet }: { personId: string; quiet: QuietHours },
): Promise<void> => {
  await setQuietHours(tx, personId, quiet)
  for (const { id: pushId } of await pushesOf(tx, personId, 'waiting')) await enqueue(tx, 'push', { pushId })
}
