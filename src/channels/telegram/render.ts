import type { Api } from 'grammy'
import type { Log } from '#core/log.ts'
import type { Session } from '#dialogue/session.ts'
import type { Reply, View } from '#dialogue/view.ts'
import { drawn, fitsOver, putCard, removed, takeOff } from './live-card.ts'
import type { Later } from './later.ts'
import { failureOf, type Send, stripButtons } from './send.ts'
import { messageIdOf, messageNumberOf } from './update.ts'

export type Target = {
  chatId: number
  session: Session
  /** The tapped message; undefined if the input was not a tap. */
  tapped?: number
  /** Another input of the person is waiting, and will draw the card: below all else, if this one had to. */
  more: boolean
}

/**
 * Renders a reply. Calls that Telegram refuses for now are left to the queue: a screen can always be redrawn, so no
 * committed data depends on it.
 */
export const createRender = (api: Api, send: Send, later: Later, log: Log) => {
  const attempt = async ({ chatId, session }: Target, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind === 'refused') log.error('telegram.refused', { error })
      if (failure.kind === 'unreachable') log.info('telegram.unreachable')
      else {
        session.undrawn ??= true
        await later.draw(chatId, failure.kind === 'later' ? failure.seconds : 1)
      }
      return false
    }
  }

  const showTapped = async (target: Target, tapped: NonNullable<Reply['tapped']>) => {
    if (target.tapped === undefined) return
    if (tapped === 'strip') return stripButtons(api, target.chatId, target.tapped)
    await editOrSend(target.chatId, target.tapped, tapped)
  }

  /**
   * Edits a message, or sends a new one if it cannot be edited; returns the id of the message that shows the view.
   */
  const editOrSend = async (chatId: number, messageId: number, view: View): Promise<number> => {
    try {
      await send.edit(chatId, messageId, view)
      return messageId
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind === 'same') return messageId
      if (kind !== 'gone' && kind !== 'other') throw error
      const newId = await send.view(chatId, view)
      if (kind === 'other') await removed(api, chatId, messageId)
      return newId
    }
  }

  const showCard = async (target: Target, view: View, fresh: boolean) => {
    const { chatId, session, tapped } = target
    await offerContact(chatId, session, view)
    if (!fresh && tapped !== undefined && messageIdOf(tapped) === session.cardId && fitsOver(session, view)) {
      session.cardId = messageIdOf(await editOrSend(chatId, tapped, view))
      drawn(session)
      return
    }
    await takeOff({ api, send }, chatId, await putCard({ send, later, log }, target, view))
  }

  /** The «share my phone» keyboard belongs to a message of its own, and is removed with it. */
  const offerContact = async (chatId: number, session: Session, { offerContact: offer }: View) => {
    if (offer && session.contactHintId === undefined) {
      const keyboard = [[{ text: offer.label, request_contact: true }]]
      const { message_id } = await api.sendMessage(chatId, offer.hint, {
        reply_markup: { keyboard, resize_keyboard: true, one_time_keyboard: true },
      })
      session.contactHintId = messageIdOf(message_id)
    } else if (!offer && session.contactHintId !== undefined) {
      const hint = messageNumberOf(session.contactHintId)
      const { message_id } = await api.sendMessage(chatId, '✓', { reply_markup: { remove_keyboard: true } })
      delete session.contactHintId
      await takeBack(chatId, hint, message_id)
    }
  }

  /** Telegram deletes nothing older than 48 h, and rejects the whole batch: the old hint then stays. */
  const takeBack = async (chatId: number, hint: number, messageId: number) => {
    try {
      await api.deleteMessages(chatId, [hint, messageId])
    } catch (error) {
      if (failureOf(error).kind !== 'gone') throw error
      await api.deleteMessages(chatId, [messageId])
    }
  }

  /** Sends attachments and messages beside the card; false if that failed. */
  const sentBeside = async (target: Target, { attachment, aside }: Reply): Promise<boolean> => {
    const { chatId } = target
    if (attachment && !(await attempt(target, () => send.document(chatId, attachment)))) return false
    if (!aside) return true
    return attempt(target, async () => {
      const messageId = await send.view(chatId, aside.view)
      if (!aside.deleteAfterMinutes) return
      try {
        await later.delete(chatId, messageId, aside.deleteAfterMinutes)
      } catch (error) {
        // A message that was promised to disappear must not stay because the queue is unavailable.
        await api.deleteMessage(chatId, messageId)
        throw error
      }
    })
  }

  /** Resolves with false if the tapped message could not be updated. */
  return async (target: Target, reply: Reply): Promise<boolean> => {
    const { card, tapped } = reply
    const { session, more } = target
    const fresh = reply.fresh === true || session.undrawn === 'below'
    const sent = await sentBeside(target, reply)
    // The buttons of an old card go with the last of many taps on it.
    const shown =
      !tapped || (more && tapped === 'strip') || (await attempt(target, () => showTapped(target, tapped)))
    // The card would claim success; the queued redraw reports the failure.
    if (!sent) session.unsent = true
    // Left to the waiting input, unless that is a repetition of this one.
    else if (card && more) session.undrawn = fresh ? 'below' : true
    else if (card) await attempt(target, () => showCard(target, card, fresh))
    return shown
  }
}
