import type { Api } from 'grammy'
import type { Log } from '#core/log.ts'
import type { Session } from '#dialogue/session.ts'
import type { View } from '#dialogue/view.ts'
import type { Later } from './later.ts'
import { pictureOf } from './picture.ts'
import { failureOf, type Send, stripButtons } from './send.ts'
import { messageIdOf, messageNumberOf } from './update.ts'

/** A card that another has taken the place of: whether it must not stay behind, and whether its words must not. */
export type LastCard = { id: number; leaves: boolean; confidential: boolean } | undefined

/** Somebody's words leave the chat by then in any case: Telegram takes nothing back that is older than 48 h. */
const confidentialMinutes = 23 * 60

/** What stands where words were that could not be taken back. */
const blank: View = { screen: 'blank', html: '…', rows: [] }

/**
 * Whether a view can be drawn over the live card. Telegram protects a message when it is sent and never later, and a
 * message has a picture or has none; so such a card is one of its own.
 */
export const fitsOver = (session: Session, view: View): boolean =>
  session.confidential !== true && !view.confidential && pictureOf(view)?.key === session.picture

/** The card shows what the session says. */
export const drawn = (session: Session): void => {
  delete session.undrawn
  delete session.unsent
}

type Ways = { send: Send; later: Later; log: Log }

/** Sends a card below everything else, as the live one; returns the one before it, which the caller takes off. */
export const putCard = async (
  { send, later, log }: Ways,
  { chatId, session }: { chatId: number; session: Session },
  view: View,
): Promise<LastCard> => {
  const { cardId: old, confidential = false } = session
  const leaves = confidential || session.picture !== undefined
  const id = await send.view(chatId, view)
  const picture = pictureOf(view)
  session.cardId = messageIdOf(id)
  drawn(session)
  delete session.picture
  session.confidential = view.confidential === true
  if (picture) session.picture = picture.key
  if (view.confidential)
    await later
      .delete(chatId, id, confidentialMinutes)
      .catch((error: unknown) => log.warn('card.not-queued', { error }))
  return old === undefined ? undefined : { id: messageNumberOf(old), leaves, confidential }
}

/** Takes a card that was live off the screen: somebody's words and pictures go, other text stays without buttons. */
export const takeOff = async (
  { api, send }: { api: Api; send: Send },
  chatId: number,
  card: LastCard,
): Promise<void> => {
  if (!card || (card.leaves && (await removed(api, chatId, card.id)))) return
  if (card.confidential) await blanked(send, chatId, card.id)
  else await stripButtons(api, chatId, card.id)
}

/** Words that are too old to be taken back can still be drawn over. */
const blanked = async (send: Send, chatId: number, messageId: number): Promise<void> => {
  try {
    await send.editWords(chatId, messageId, blank)
  } catch (error) {
    const { kind } = failureOf(error)
    if (kind !== 'gone' && kind !== 'same') throw error
  }
}

/** False for a message that is gone already, or too old to be taken back. */
export const removed = async (api: Api, chatId: number, messageId: number): Promise<boolean> => {
  try {
    return await api.deleteMessage(chatId, messageId)
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error
    return false
  }
}
