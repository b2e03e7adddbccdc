import { badRequest } from './errors.ts'

export type Command = { command: string; description: string }
export type CommandScope = { type: string; chat_id?: number | string; user_id?: number }
export type MenuButton = { type: string; text?: string; web_app?: { url: string } }

/** The bot's profile; texts by language code, '' for all others. */
export type Profile = {
  name: Record<string, string>
  description: Record<string, string>
  shortDescription: Record<string, string>
  /** By `scopeKey`, then by language. */
  commands: Record<string, Record<string, Command[]>>
  /** By chat id, '' for all others. */
  menuButtons: Record<string, MenuButton>
}

export const createProfile = (): Profile => ({
  name: {},
  description: {},
  shortDescription: {},
  commands: {},
  menuButtons: {},
})

export const scopeKey = ({ type, chat_id, user_id }: CommandScope = { type: 'default' }): string =>
  [type, chat_id, user_id].filter((part) => part !== undefined).join(':')

/** @throws ApiError 400 unless the language is '' or two letters */
export const languageKey = (code = ''): string => {
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw badRequest('invalid language code specified')
  return code
}

export const checkCommands = (commands: Command[]): void => {
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description.length < 1 || description.length > 256)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
}

/** The menu of a private chat: the narrowest scope first, in each scope the person's language first. */
export const commandsFor = (profile: Profile, chatId: number, language = ''): Command[] => {
  const code = language.slice(0, 2)
  for (const scope of [`chat:${chatId}`, 'all_private_chats', 'default']) {
    const found = profile.commands[scope]?.[code] ?? profile.commands[scope]?.['']
    if (found && found.length > 0) return found
  }
  return []
}

export const inLanguage = (texts: Record<string, string>, language = ''): string =>
  texts[language.slice(0, 2)] || texts[''] || ''
