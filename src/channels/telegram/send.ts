import { type Api, GrammyError, HttpError, InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Attachment, View } from '#dialogue/view.ts'

/** Why a call to Telegram came to nothing, as far as we act on it. */
export type Failure =
  /** 403: blocked, deactivated or never started. Sending stops. */
  | { kind: 'unreachable' }
  /** 429: not before this many seconds. */
  | { kind: 'later'; seconds: number }
  /** The message is as it should be already. */
  | { kind: 'same' }
  /** The message is gone or too old to be changed. */
  | { kind: 'gone' }
  /** Network, 5xx: worth another try. */
  | { kind: 'broken' }
  /** Any other refusal: ours to mend. */
  | { kind: 'refused' }

export const failureOf = (error: unknown): Failure => {
  if (error instanceof HttpError) return { kind: 'broken' }
  if (!(error instanceof GrammyError)) throw error
  const { error_code, description, parameters } = error
  if (error_code === 429) return { kind: 'later', seconds: parameters.retry_after ?? 1 }
  if (error_code === 403) return { kind: 'unreachable' }
  if (error_code >= 500) return { kind: 'broken' }
  if (/message is not modified/.test(description)) return { kind: 'same' }
  if (
    /message to (edit|delete) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/.test(
      description,
    )
  )
    return { kind: 'gone' }
  if (/chat not found|user is deactivated/.test(description)) return { kind: 'unreachable' }
  return { kind: 'refused' }
}

const keyboardOf = ({ rows }: Pick<View, 'rows'>): InlineKeyboardMarkup => ({
  inline_keyboard: rows.map((row) => row.map(({ label, data }) => ({ text: label, callback_data: data }))),
})

const noPreview = { link_preview_options: { is_disabled: true } }

/** Sends a view as a new message, and returns the message's id. */
export const sendView = async (api: Api, chatId: number, view: View): Promise<number> => {
  const { message_id } = await api.sendMessage(chatId, view.html, {
    parse_mode: 'HTML',
    ...noPreview,
    ...(view.rows.length > 0 && { reply_markup: keyboardOf(view) }),
    ...(view.confidential && { protect_content: true }),
  })
  return message_id
}

/** Draws a view over a message that was sent before. */
export const editView = async (api: Api, chatId: number, messageId: number, view: View): Promise<void> => {
  await api.editMessageText(chatId, messageId, view.html, {
    parse_mode: 'HTML',
    ...noPreview,
    reply_markup: keyboardOf(view),
  })
}

/** Takes the buttons off a message; one that is gone has none. */
export const stripButtons = async (api: Api, chatId: number, messageId: number): Promise<void> => {
  try {
    await api.editMessageReplyMarkup(chatId, messageId, { reply_markup: { inline_keyboard: [] } })
  } catch (error) {
    const { kind } = failureOf(error)
    if (kind === 'refused') throw error
  }
}

/** Sends documents; one that Telegram has already is named by its `file_id` and not uploaded again. */
export const createDocuments = () => {
  const known = new Map<string, string>()
  return async (api: Api, chatId: number, { key, fileName, content }: Attachment): Promise<void> => {
    const fileId = known.get(key)
    const file = fileId ?? new InputFile(await content(), fileName)
    const { document } = await api.sendDocument(chatId, file)
    if (document) known.set(key, document.file_id)
  }
}
