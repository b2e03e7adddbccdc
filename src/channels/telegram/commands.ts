import type { Api } from 'grammy'
import { languages, type Texts } from '#core/text.ts'
import { commands, staffCommands } from '#dialogue/commands.ts'

/** Puts the commands into the app's menu, in both languages; Russian is what everybody else sees. */
export const showCommands = async (api: Api, texts: Texts): Promise<void> => {
  await api.setMyCommands(described(texts, 'ru', commands))
  for (const language of languages) {
    await api.setMyCommands(described(texts, language, commands), { language_code: language })
  }
}

/** Staff have the queue besides. */
export const showStaffCommands = async (api: Api, texts: Texts, chatId: number): Promise<void> => {
  await api.setMyCommands(described(texts, 'ru', staffCommands), { scope: { type: 'chat', chat_id: chatId } })
}

const described = (texts: Texts, language: (typeof languages)[number], names: readonly string[]) =>
  names.map((command) => ({ command, description: texts.for(language, 'adult').label(`commands.${command}`) }))
