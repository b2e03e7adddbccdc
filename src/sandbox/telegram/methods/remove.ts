import { badRequest } from '../errors.ts'
import { reach, removeMessages } from '../messages.ts'
import { type Room, seconds, type World } from '../state.ts'

const twoDays = 48 * 60 * 60

/** In a private chat the bot may delete its own and the person's messages up to 48 h old. */
export const deleteMessage = (
  world: World,
  params: { chat_id: number | string; message_id: number },
): true => {
  const { room } = reach(world, params.chat_id)
  const fault = whyNot(world, room, params.message_id)
  if (fault) throw badRequest(fault)
  removeMessages(world, room, [params.message_id])
  return true
}

/** Unknown messages are skipped. */
export const deleteMessages = (
  world: World,
  params: { chat_id: number | string; message_ids: number[] },
): true => {
  const { room } = reach(world, params.chat_id)
  if (params.message_ids.length < 1 || params.message_ids.length > 100) {
    throw badRequest('too many message identifiers specified')
  }
  const known = params.message_ids.filter((id) => room.history.has(id))
  const fault = known.map((id) => whyNot(world, room, id)).find((reason) => reason !== undefined)
  if (fault) throw badRequest(fault)
  if (known.length > 0) removeMessages(world, room, known)
  return true
}

const whyNot = (world: World, room: Room, id: number): string | undefined => {
  const stored = room.history.get(id)
  if (!stored) return 'message to delete not found'
  const old = seconds(world.clock) - stored.message.date > twoDays
  const foreign = stored.from === 'person' && room.chat.type !== 'private'
  return old || foreign ? "message can't be deleted for everyone" : undefined
}
