import { badRequest } from '../errors.ts'
import { postFromBot, reach } from '../messages.ts'
import type { World } from '../state.ts'
import type { Content, Message } from '../types.ts'
import { type Caption, type Common, captionContent, common } from './send.ts'

type Source = { from_chat_id: number | string; message_id: number }

const contentOf = (message: Message): Content => {
  const { message_id, date, chat, from, edit_date, forward_origin, has_protected_content, ...rest } = message
  const { reply_markup, reply_to_message, ...content } = rest
  return content
}

const source = (world: World, { from_chat_id, message_id }: Source, deed: string): Message => {
  const stored = reach(world, from_chat_id).room.history.get(message_id)
  if (!stored) throw badRequest(`message to ${deed} not found`)
  if (stored.message.has_protected_content)
    throw badRequest(`message can't be ${deed === 'copy' ? 'copied' : 'forwarded'}`)
  return stored.message
}

export const copyMessage = (world: World, params: Source & Common & Caption): { message_id: number } => {
  const { caption: _, caption_entities: __, ...bare } = contentOf(source(world, params, 'copy'))
  const kept = params.caption === undefined ? contentOf(source(world, params, 'copy')) : bare
  const sent = postFromBot(world, params.chat_id, {
    ...kept,
    ...captionContent(params),
    ...common(world, params),
  })
  return { message_id: sent.message_id }
}

export const forwardMessage = (world: World, params: Source & Common): Message => {
  const message = source(world, params, 'forward')
  const origin = { type: 'user' as const, date: message.date, sender_user: message.from ?? world.bot }
  return postFromBot(world, params.chat_id, {
    ...contentOf(message),
    protect_content: params.protect_content,
    forward_origin: message.forward_origin ?? origin,
  })
}
