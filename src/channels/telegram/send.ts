import { type Api, GrammyError, HttpError, type InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Log } from '#core/log.ts'
import type { Attachment, View } from '#dialogue/view.ts'
import type { FileKind } from '#features/messages/message-files.ts'
import { createFiles } from './files.ts'
import { pictureOf } from './picture.ts'

/** The failure of a Telegram call, classified by our reaction. */
export type Failure =
  /** 403: blocked, deactivated or never started. No more sends. */
  | { kind: 'unreachable' }
  /** 429: retry after this many seconds. */
  | { kind: 'later'; seconds: number }
  /** The message already has this content. */
  | { kind: 'same' }
  /** The message is gone or too old to edit. */
  | { kind: 'gone' }
  /** The edit is of a text but the message has a picture, or vice versa. */
  | { kind: 'other' }
  /** Network error or 5xx: worth a retry. */
  | { kind: 'broken' }
  /** Any other refusal: a bug of ours. */
  | { kind: 'refused' }

/** Classifies an error; rethrows errors that do not come from a Telegram call. */
export const failureOf = (error: unknown): Failure => {
  if (!isTelegrams(error)) throw error
  if (error instanceof HttpError) return { kind: 'broken' }
  const { error_code, description, parameters } = error
  if (error_code === 429) return { kind: 'later', seconds: parameters.retry_after ?? 1 }
  if (error_code === 403) return { kind: 'unreachable' }
  if (error_code >= 500) return { kind: 'broken' }
  if (/message is not modified/.test(description)) return { kind: 'same' }
  if (/there is no (text|caption) in the message/.test(description)) return { kind: 'other' }
  if (
    /message to (edit|delete) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/.test(
      description,
    )
  )
    return { kind: 'gone' }
  if (/chat not found|user is deactivated/.test(description)) return { kind: 'unreachable' }
  return { kind: 'refused' }
}

const isTelegrams = (error: unknown): error is GrammyError | HttpError =>
  error instanceof GrammyError || error instanceof HttpError

const keyboardOf = ({ rows }: Pick<View, 'rows'>): InlineKeyboardMarkup => ({
  inline_keyboard: rows.map((row) =>
    row.map(({ label, data, style }) => ({ text: label, callback_data: data, ...(style && { style }) })),
  ),
})

const noPreview = { link_preview_options: { is_disabled: true } }

const wordsOf = (view: View) => ({ caption: view.html, parse_mode: 'HTML' as const })

type SendAgain = (api: Api, chatId: number, fileId: string, more: object) => Promise<{ message_id: number }>

/** A file's id is good for its own kind only. */
const again: Record<FileKind, SendAgain> = {
  photo: (api, chatId, fileId, more) => api.sendPhoto(chatId, fileId, more),
  document: (api, chatId, fileId, more) => api.sendDocument(chatId, fileId, more),
  voice: (api, chatId, fileId, more) => api.sendVoice(chatId, fileId, more),
  audio: (api, chatId, fileId, more) => api.sendAudio(chatId, fileId, more),
  video: (api, chatId, fileId, more) => api.sendVideo(chatId, fileId, more),
  'video-note': (api, chatId, fileId, more) => api.sendVideoNote(chatId, fileId, more),
  animation: (api, chatId, fileId, more) => api.sendAnimation(chatId, fileId, more),
}

export type Send = ReturnType<typeof createSend>

/** Sends views as messages; a file is uploaded only once. */
export const createSend = (api: Api, log: Log) => {
  const sendFile = createFiles()

  /** The text matters more than a picture that cannot be rendered or is refused: it is sent without. */
  const withoutPicture = (error: unknown, { screen }: View): void => {
    if (isTelegrams(error) && failureOf(error).kind !== 'refused') throw error
    log.warn('picture.not-sent', { screen, error })
  }

  const editText = (chatId: number, messageId: number, view: View) =>
    api.editMessageText(chatId, messageId, view.html, {
      parse_mode: 'HTML',
      ...noPreview,
      reply_markup: keyboardOf(view),
    })
  const editCaption = (chatId: number, messageId: number, view: View) =>
    api.editMessageCaption(chatId, messageId, { ...wordsOf(view), reply_markup: keyboardOf(view) })

  return {
    /** Sends a view as a new message and returns its id. */
    view: async (chatId: number, view: View): Promise<number> => {
      const picture = pictureOf(view)
      const more = {
        ...(view.rows.length > 0 && { reply_markup: keyboardOf(view) }),
        ...(view.confidential && { protect_content: true }),
      }
      if (view.file) {
        const { kind, fileId } = view.file
        const given = kind === 'video-note' ? more : { ...wordsOf(view), ...more }
        return (await again[kind](api, chatId, fileId, given)).message_id
      }
      if (picture) {
        try {
          const sent = await sendFile(
            { ...picture, fileName: 'picture.png' },
            (file) => api.sendPhoto(chatId, file, { ...wordsOf(view), ...more }),
            ({ photo }) => photo.at(-1)?.file_id,
          )
          return sent.message_id
        } catch (error) {
          withoutPicture(error, view)
        }
      }
      const options = { parse_mode: 'HTML' as const, ...noPreview, ...more }
      return (await api.sendMessage(chatId, view.html, options)).message_id
    },

    /** Edits a message to show a view; its picture stays. Throws `other` if only one of the two has a picture. */
    edit: async (chatId: number, messageId: number, view: View): Promise<void> => {
      await (pictureOf(view) ? editCaption : editText)(chatId, messageId, view)
    },

    /** Edits text and buttons only, whether or not the message has a picture. */
    editWords: async (chatId: number, messageId: number, view: View): Promise<void> => {
      const [first, second] = pictureOf(view) ? [editCaption, editText] : [editText, editCaption]
      try {
        await first(chatId, messageId, view)
      } catch (error) {
        if (failureOf(error).kind !== 'other') throw error
        await second(chatId, messageId, view)
      }
    },

    document: async (chatId: number, attachment: Attachment): Promise<void> => {
      const call = (file: string | InputFile) => api.sendDocument(chatId, file)
      await sendFile(attachment, call, ({ document }) => document?.file_id)
    },
  }
}

/** Removes the buttons of a message; a missing message is ignored. */
export const stripButtons = async (api: Api, chatId: number, messageId: number): Promise<void> => {
  try {
    await api.editMessageReplyMarkup(chatId, messageId, { reply_markup: { inline_keyboard: [] } })
  } catch (error) {
    const { kind } = failureOf(error)
    if (kind === 'refused') throw error
  }
}
