import type { Polling } from '../polling.ts'
import type { World } from '../state.ts'
import type { Webhook } from '../webhook.ts'
import { answerCallbackQuery } from './answer.ts'
import { copyMessage, forwardMessage } from './copy.ts'
import { editMessageCaption, editMessageReplyMarkup, editMessageText } from './edit.ts'
import { getChat, getFile, getMe } from './look.ts'
import {
  deleteMyCommands,
  description,
  getChatMenuButton,
  getMyCommands,
  name,
  setChatMenuButton,
  setMyCommands,
  shortDescription,
} from './profile.ts'
import { receiveMethods } from './receive.ts'
import { deleteMessage, deleteMessages } from './remove.ts'
import {
  recordings,
  sendChatAction,
  sendContact,
  sendDocument,
  sendLocation,
  sendMessage,
  sendPhoto,
} from './send.ts'

/** `never`: parameters are validated against the description, so each method declares its own type. */
export type Method = (world: World, params: never, signal?: AbortSignal) => unknown

/** All emulated methods by their Bot API names. */
export const emulated = (polling: Polling, webhook: Webhook): Record<string, Method> => ({
  ...receiveMethods(polling, webhook),
  getMe,
  getChat,
  getFile,
  logOut: () => true,
  close: () => true,
  sendMessage,
  sendDocument,
  sendPhoto,
  ...recordings,
  sendLocation,
  sendContact,
  sendChatAction,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  copyMessage,
  forwardMessage,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyName: name.set,
  getMyName: name.get,
  setMyDescription: description.set,
  getMyDescription: description.get,
  setMyShortDescription: shortDescription.set,
  getMyShortDescription: shortDescription.get,
  setChatMenuButton,
  getChatMenuButton,
})
