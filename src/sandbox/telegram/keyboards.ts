import { badRequest } from './errors.ts'
import type { InlineButton, InlineKeyboard, ReplyKeyboard, ReplyMarkup } from './types.ts'

const actions = [
  'callback_data',
  'url',
  'copy_text',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'pay',
]

const styles = ['danger', 'success', 'primary']

/**
 * An inline keyboard as stored in a message; undefined if empty.
 * @throws ApiError 400 for a button without text, without or with two actions, with a payload over 64 bytes
 */
export const inlineOf = (markup: ReplyMarkup | undefined): InlineKeyboard | undefined => {
  if (!markup || !('inline_keyboard' in markup)) return undefined
  const rows = markup.inline_keyboard.filter((row) => row.length > 0)
  const buttons = rows.flat()
  if (buttons.length > 100) throw badRequest('reply markup is too long')
  for (const button of buttons) checkInline(button)
  return rows.length > 0 ? { inline_keyboard: rows } : undefined
}

const checkInline = (button: InlineButton): void => {
  if (button.text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  const given = actions.filter((action) => Object.hasOwn(button, action))
  if (given.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if (button.style !== undefined && !styles.includes(button.style)) throw badRequest('BUTTON_STYLE_INVALID')
  if (given.length > 1) throw badRequest(`inline keyboard button has several actions: ${given.join(', ')}`)
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(button.callback_data)
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
  }
  if (button.url !== undefined && !/^(https?|tg):\/\/\S+$|^[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(button.url)) {
    throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
  }
  if (button.copy_text && (button.copy_text.text.length < 1 || button.copy_text.text.length > 256)) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID')
  }
}

/** @throws ApiError 400 for an empty keyboard, a button without text, or a contact request in a group */
export const replyOf = (markup: ReplyMarkup | undefined, isPrivate: boolean): ReplyKeyboard | undefined => {
  if (!markup || !('keyboard' in markup)) return undefined
  const buttons = markup.keyboard.flat()
  if (buttons.length === 0) throw badRequest("can't parse reply keyboard markup JSON object")
  if (buttons.length > 300) throw badRequest('reply markup is too long')
  if ((markup.input_field_placeholder?.length ?? 0) > 64) throw badRequest('placeholder is too long')
  for (const button of buttons) {
    if (button.text.trim() === '') throw badRequest('keyboard button text must be non-empty')
    if (button.request_contact && !isPrivate) {
      throw badRequest('phone number can be requested in private chats only')
    }
  }
  return markup
}
