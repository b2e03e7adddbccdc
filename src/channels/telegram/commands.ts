import type { Api } from 'grammy'
import { languages, type Texts } from '#core/text.ts'
import { type MenuItem, menus } from '#dialogue/entry-points.ts'
import type { CommandMenu } from '#dialogue/view.ts'

/**
 * Sets the commands and the description of an empty chat in both languages; other languages get Russian. Telegram
 * stores them, so only changes are sent.
 */
export const introduceBot = async (api: Api, texts: Texts): Promise<void> => {
  for (const language of [undefined, ...languages]) {
    const where = language === undefined ? {} : { language_code: language }
    const wanted = described(texts, language ?? 'ru', menus.everyone)
    const shown = await api.getMyCommands(where)
    if (JSON.stringify(shown) !== JSON.stringify(wanted)) await api.setMyCommands(wanted, where)
    const say = texts.for(language ?? 'ru', 'adult')
    const { description } = await api.getMyDescription(where)
    if (description !== say.label('commands.description')) {
      await api.setMyDescription(say.label('commands.description'), where)
      await api.setMyShortDescription(say.label('commands.shortDescription'), where)
    }
  }
}

/**
 * Sets the commands of one chat: staff have the queue, families their own screens, and a hidden chat what any bot has.
 * `everyone`: those of the bot again.
 */
export const showOwnCommands = async (
  api: Api,
  texts: Texts,
  { chatId, menu }: { chatId: number; menu: CommandMenu },
): Promise<void> => {
  const scope = { type: 'chat' as const, chat_id: chatId }
  if (menu === 'everyone') {
    await api.deleteMyCommands({ scope })
    await api.deleteMyCommands({ scope, language_code: 'en' })
    return
  }
  const items = menu === 'hidden' ? hiddenMenu : menus[menu]
  await api.setMyCommands(described(texts, 'ru', items), { scope })
  await api.setMyCommands(described(texts, 'en', items), { scope, language_code: 'en' })
}

const hiddenMenu: readonly MenuItem[] = ['start', 'help'].map((command) => ({
  command,
  description: `hide.commands.${command}`,
}))

const described = (texts: Texts, language: (typeof languages)[number], menu: readonly MenuItem[]) => {
  const say = texts.for(language, 'adult')
  return menu.map(({ command, description }) => ({ command, description: say.label(description) }))
}
