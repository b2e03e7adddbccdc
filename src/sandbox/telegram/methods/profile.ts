import { badRequest } from '../errors.ts'
import { reach } from '../messages.ts'
import {
  type Command,
  type CommandScope,
  checkCommands,
  inLanguage,
  languageKey,
  type MenuButton,
  scopeKey,
} from '../profile.ts'
import type { World } from '../state.ts'

type Where = { scope?: CommandScope; language_code?: string }

const changed = (world: World): true => {
  world.touch('bot')
  world.emit({ type: 'profile' })
  return true
}

export const setMyCommands = (world: World, params: Where & { commands: Command[] }): true => {
  checkCommands(params.commands)
  if (params.scope?.chat_id !== undefined) reach(world, params.scope.chat_id)
  const scope = scopeKey(params.scope)
  world.profile.commands[scope] ??= {}
  world.profile.commands[scope][languageKey(params.language_code)] = params.commands
  return changed(world)
}

export const getMyCommands = (world: World, params: Where): Command[] =>
  world.profile.commands[scopeKey(params.scope)]?.[languageKey(params.language_code)] ?? []

export const deleteMyCommands = (world: World, params: Where): true => {
  delete world.profile.commands[scopeKey(params.scope)]?.[languageKey(params.language_code)]
  return changed(world)
}

/** The setter and getter of a localised profile text. */
const textPair = <Name extends string>(
  part: 'name' | 'description' | 'shortDescription',
  name: Name,
  most: number,
) => ({
  set: (world: World, params: { language_code?: string } & Partial<Record<Name, string>>): true => {
    const text = params[name] ?? ''
    if (text.length > most) throw badRequest(`bot ${name} is too long`)
    world.profile[part][languageKey(params.language_code)] = text
    return changed(world)
  },
  get: (world: World, params: { language_code?: string }) => ({
    [name]: inLanguage(world.profile[part], languageKey(params.language_code)),
  }),
})

export const name = textPair('name', 'name', 64)
export const description = textPair('description', 'description', 512)
export const shortDescription = textPair('shortDescription', 'short_description', 120)

export const setChatMenuButton = (
  world: World,
  params: { chat_id?: number; menu_button?: MenuButton },
): true => {
  if (params.chat_id !== undefined) reach(world, params.chat_id)
  world.profile.menuButtons[params.chat_id ?? ''] = params.menu_button ?? { type: 'default' }
  return changed(world)
}

export const getChatMenuButton = (world: World, params: { chat_id?: number }): MenuButton =>
  world.profile.menuButtons[params.chat_id ?? ''] ?? world.profile.menuButtons[''] ?? { type: 'commands' }
