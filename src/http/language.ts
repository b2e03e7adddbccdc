import { z } from 'zod'
import { type Language, languages } from '#core/text.ts'

export const languageHeader = {
  'accept-language': z
    .string()
    .optional()
    .describe('Language of texts in the response: `ru` (default) or `en`'),
}

/** Returns the supported language that `Accept-Language` prefers; Russian if it names none. */
export const negotiateLanguage = (header: string | undefined): Language => {
  const wished = (header ?? '').split(',').map((part, place) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const quality = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1)
    return { language: tag.split('-')[0], quality, place }
  })
  const [first] = wished
    .flatMap(({ language, ...rest }) => {
      const ours = languages.find((one) => one === language)
      return ours && rest.quality > 0 ? [{ ours, ...rest }] : []
    })
    .sort((a, b) => b.quality - a.quality || a.place - b.place)
  return first?.ours ?? 'ru'
}
