import { z } from 'zod'
import { cleanText } from '#core/words.ts'
import { languages } from '#core/text.ts'
import { type ReplyContent, replyTones } from '#storage/messages/quick-replies.ts'

const text = z.string().max(4000).overwrite(cleanText).default('')

const whom = ['adult', 'minor'] as const

/** `plain.ru.adult`: a text of each tone, language and reader. */
const replyTexts = languages.flatMap((language) =>
  replyTones.flatMap((tone) =>
    whom.map((one) => ({ language, tone, whom: one, name: `${tone}.${language}.${one}` })),
  ),
)

/** What a form of a ready answer has. */
export const replyFields = z
  .object({ 'title.ru': text, 'title.en': text, aboutCalls: text })
  .extend(Object.fromEntries(replyTexts.map(({ name }) => [name, text])))
export type ReplyTyped = Readonly<Record<string, string>>

/** A ready answer as its form has it. */
export const typedOfReply = ({ title, texts, aboutCalls }: ReplyContent): ReplyTyped => ({
  ...(aboutCalls && { aboutCalls: 'yes' }),
  ...{ 'title.ru': title.ru, 'title.en': title.en ?? '' },
  ...Object.fromEntries(
    replyTexts.map(({ language, tone, whom: one, name }) => [name, texts[language]?.[tone]?.[one] ?? '']),
  ),
})

/** The ready answer that was typed, right or wrong: what was left empty is not in it. */
export const contentTyped = (typed: ReplyTyped) => {
  const inLanguage = (language: (typeof languages)[number]) =>
    Object.fromEntries(
      replyTones.flatMap((tone) => {
        const given = whom.flatMap((one) => {
          const words = typed[`${tone}.${language}.${one}`] ?? ''
          return words === '' ? [] : [[one, words] as const]
        })
        return given.length === 0 ? [] : [[tone, Object.fromEntries(given)] as const]
      }),
    )
  const [ru, en] = [inLanguage('ru'), inLanguage('en')]
  const { 'title.ru': title = '', 'title.en': englishTitle = '' } = typed
  return {
    ...(typed.aboutCalls === 'yes' && { aboutCalls: true as const }),
    title: { ru: title, ...(englishTitle !== '' && { en: englishTitle }) },
    texts: { ru, ...(Object.keys(en).length > 0 && { en }) },
  }
}
