import type { Messenger } from '#dialogue/messenger.ts'
import { openAccount } from '#storage/accounts.ts'
import type { Sealer } from '#storage/seal.ts'

/** Opens the sealed accounts that workers hand over: nowhere else is a stored account opened to be written to. */
export const openRecipients = (messenger: Messenger, sealer: Sealer): Messenger => {
  const open = (recipient: string) => openAccount(sealer, recipient)
  return {
    send: async (recipient, view) => messenger.send(open(recipient), view),
    edit: async (recipient, messageId, view) => messenger.edit(open(recipient), messageId, view),
    remove: async (recipient, messageId) => messenger.remove(open(recipient), messageId),
    drawScreen: async (recipient) => messenger.drawScreen(open(recipient)),
    redrawCase: async (recipient, requestId) => messenger.redrawCase(open(recipient), requestId),
    endSession: async (recipient) => messenger.endSession(open(recipient)),
    clear: async (recipient, line) => messenger.clear(open(recipient), line),
    wait: (recipient, about) => messenger.wait(open(recipient), about),
    turn: messenger.turn,
    inQuestion: async (recipient) => messenger.inQuestion(open(recipient)),
  }
}
