import type { Api } from 'grammy'
import type { Log } from '#core/log.ts'
import type { Session } from '#dialogue/session.ts'
import type { View } from '#dialogue/view.ts'
import type { Later } from './later.ts'
import { pictureOf } from './picture.ts'
import { failureOf, type Send, stripButtons } from './send.ts'
import { messageIdOf, messageNumberOf } from './update.ts'

/** A replaced card: whether it must be deleted, and whether its text must not remain. */
export type LastCard = { id: number; leaves: boolean; confidential: boolean } | undefined

/** When confidential text is deleted at the latest: Telegram deletes nothing older than 48 h. */
const confidentialMinutes = 23 * 60

/** Replaces a text that could not be deleted. */
const blank: View = { screen: 'blank', html: '…', rows: [] }

/**
 * Whether the live card can be edited to show a view. Telegram protects a message only when it is sent, and a message
 * cannot gain or lose a picture; such views need a new card.
 */
export const fitsOver = (session: Session, view: View): boolean =>
  session.confidential !== true && !view.confidential && pictureOf(view)?.key === session.picture

/** Marks the card as up to date with the session. */
export const drawn = (session: Session): void => {
  delete session.undrawn
  delete session.unsent
  delete session.notices
  if (session.cardId !== undefined) session.since ??= session.cardId
}

type Ways = { send: Send; later: Later; log: Log }

/** Sends a new live card below everything else; returns the previous one, to be retired by the caller. */
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

/** Retires a card: confidential text and pictures are deleted, other text stays without buttons. */
export const takeOff = async (
  { api, send }: { api: Api; send: Send },
  chatId: number,
  card: LastCard,
): Promise<void> => {
  if (!card || (card.leaves && (await removed(api, chatId, card.id)))) return
  if (card.confidential) await blanked(send, chatId, card.id)
  else await stripButtons(api, chatId, card.id)
}

/** A message too old to be deleted can still be edited. */
const blanked = async (send: Send, chatId: number, messageId: number): Promise<void> => {
  try {
    await send.editWords(chatId, messageId, blank)
  } catch (error) {
    const { kind } = failureOf(error)
    if (kind !== 'gone' && kind !== 'same') throw error
  }
}

/** Deletes a message. False if it is gone already, or too old. */
export const removed = async (api: Api, chatId: number, messageId: number): Promise<boolean> => {
  try {
    return await api.deleteMessage(chatId, messageId)
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error
    return false
  }
}
