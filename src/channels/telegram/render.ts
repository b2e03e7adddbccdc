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
  /** The message that was tapped; undefined when the input was not a tap. */
  tapped?: number
  /** Another input of the person waits already, and draws the card instead. */
  more: boolean
}

/**
 * Shows a reply. What Telegram refuses for now is left to the queue: a screen can always be drawn again, so
 * nothing that was committed depends on it.
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
        session.undrawn = true
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

  /** Returns the id of the message that shows the view now. */
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

  /** The «share my phone» keyboard hangs on a message of its own, and goes with it. */
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

  /** Telegram deletes nothing older than 48 h, and then nothing of the lot: the old hint stays as it is. */
  const takeBack = async (chatId: number, hint: number, messageId: number) => {
    try {
      await api.deleteMessages(chatId, [hint, messageId])
    } catch (error) {
      if (failureOf(error).kind !== 'gone') throw error
      await api.deleteMessages(chatId, [messageId])
    }
  }

  /** What goes beside the card; false where it could not be sent. */
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
        // What was promised to disappear must not stay because the queue is away.
        await api.deleteMessage(chatId, messageId)
        throw error
      }
    })
  }

  /** Resolves with false where the tapped message could not be drawn. */
  return async (target: Target, reply: Reply): Promise<boolean> => {
    const { card, tapped, fresh = false } = reply
    const sent = await sentBeside(target, reply)
    const shown = !tapped || (await attempt(target, () => showTapped(target, tapped)))
    // The card would say that it was sent. The redraw, which is promised by now, says that it was not.
    if (!sent) target.session.unsent = true
    // Left to the input that waits, unless that turns out to be this one again.
    else if (card && target.more) target.session.undrawn = true
    else if (card) await attempt(target, () => showCard(target, card, fresh))
    return shown
  }
}
