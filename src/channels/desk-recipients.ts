import type { Clock } from '#core/clock.ts'
import { newId } from '#core/ids.ts'
import { type Messenger, Unreachable } from '#dialogue/messenger.ts'
import { openAccount, personOfRecipient } from '#storage/accounts.ts'
import { lastAtDesk } from '#storage/console/ways-in.ts'
import type { Database } from '#storage/database.ts'
import { deskAccount } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'

/** Whoever has not come to the console for so long is not reached there: a long weekend, and no more (ms). */
export const deskAwayMs = 4 * 24 * 60 * 60_000

/**
 * Staff without Telegram read at the desk what others are sent: the console shows it anyway, so nothing is sent. Throws `Unreachable`
 * for whoever does not come any more; their work then goes to others, as with a bot that was blocked.
 */
export const leaveAtDesk = (
  messenger: Messenger,
  { sealer, database, clock }: { sealer: Sealer; database: Database; clock: Clock },
): Messenger => {
  const isDesk = (recipient: string) => openAccount(sealer, recipient).startsWith(deskAccount)
  const leave = async (recipient: string) => {
    const personId = personOfRecipient(recipient)
    const last = personId === null ? null : await lastAtDesk(database, personId)
    if (last === null || clock.now().getTime() - last.getTime() > deskAwayMs)
      throw new Unreachable('nobody comes to the desk')
    return `desk-${newId()}`
  }
  const unlessDesk =
    <Rest extends unknown[]>(act: (recipient: string, ...rest: Rest) => Promise<void>) =>
    async (recipient: string, ...rest: Rest) =>
      isDesk(recipient) ? undefined : act(recipient, ...rest)
  return {
    ...messenger,
    send: async (recipient, view) => (isDesk(recipient) ? leave(recipient) : messenger.send(recipient, view)),
    edit: unlessDesk(messenger.edit),
    remove: unlessDesk(messenger.remove),
    drawScreen: unlessDesk(messenger.drawScreen),
    redrawCase: unlessDesk(messenger.redrawCase),
    endSession: unlessDesk(messenger.endSession),
    clear: async (recipient, line) => !isDesk(recipient) && (await messenger.clear(recipient, line)),
    wait: (recipient, about) => (isDesk(recipient) ? 0 : messenger.wait(recipient, about)),
    inQuestion: async (recipient) => !isDesk(recipient) && (await messenger.inQuestion(recipient)),
  }
}
