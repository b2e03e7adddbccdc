import type { Api } from 'grammy'
import type { Session } from '#dialogue/session.ts'
import type { View } from '#dialogue/view.ts'
import { pictureOf } from './picture.ts'
import { failureOf, type Send, stripButtons } from './send.ts'

/** A card that another has taken the place of, and whether it may stay behind without its buttons. */
export type LastCard = { id: number; leaves: boolean } | undefined

/**
 * Whether a view can be drawn over the live card. Telegram protects a message when it is sent and never later, and a
 * message has a picture or has none; so such a card is one of its own.
 */
export const fitsOver = (session: Session, view: View): boolean =>
  session.confidential !== true && !view.confidential && pictureOf(view)?.key === session.picture

/** Sends a card below everything else, as the live one; returns the one before it, which the caller takes off. */
export const putCard = async (
  send: Send,
  { chatId, session }: { chatId: number; session: Session },
  view: View,
): Promise<LastCard> => {
  const { cardId: old } = session
  const leaves = session.confidential === true || session.picture !== undefined
  session.cardId = await send.view(chatId, view)
  const picture = pictureOf(view)
  delete session.undrawn
  delete session.picture
  session.confidential = view.confidential === true
  if (picture) session.picture = picture.key
  return old === undefined ? undefined : { id: old, leaves }
}

/** Takes a card that was live off the screen: somebody's words and pictures go, other text stays without buttons. */
export const takeOff = async (api: Api, chatId: number, card: LastCard): Promise<void> => {
  if (!card) return
  if (!card.leaves || !(await removed(api, chatId, card.id))) await stripButtons(api, chatId, card.id)
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
