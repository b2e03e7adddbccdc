import type { StoredFile } from '#sandbox/telegram/types.ts'
import { ApiError, badRequest } from '../errors.ts'
import { fileLimits } from '../files.ts'
import { reach } from '../messages.ts'
import { inLanguage } from '../profile.ts'
import type { World } from '../state.ts'

export const getMe = (world: World) => ({
  ...world.bot,
  first_name: inLanguage(world.profile.name) || world.bot.first_name,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
})

export const getChat = (world: World, params: { chat_id: number | string }) => ({
  ...reach(world, params.chat_id).room.chat,
  accent_color_id: 0,
  max_reaction_count: 11,
  accepted_gift_types: {
    unlimited_gifts: false,
    limited_gifts: false,
    unique_gifts: false,
    premium_subscription: false,
    gifts_from_channels: false,
  },
})

export const getFile = (world: World, params: { file_id: string }) => {
  const file = world.files.get(params.file_id)
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if (file.bytes.length > fileLimits.download) throw badRequest('file is too big')
  return {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
    file_path: file.path,
  }
}

/** The content of `/file/bot<token>/<path>`. @throws ApiError 404 */
export const downloadFile = (world: World, path: string): StoredFile => {
  for (const file of world.files.values()) if (file.path === path) return file
  throw new ApiError(404, 'Not Found')
}
