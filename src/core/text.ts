import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import i18next from 'i18next'

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

/** How a person is addressed: adults «вы», minors «ты» (i18next context `minor`). */
export const addresses = ['adult', 'minor'] as const
export type Address = (typeof addresses)[number]

export type Values = Record<string, string | number>

/** One person's language and form of address, applied to the texts of `locales/`. */
export type Say = {
  language: Language
  address: Address
  /** Text for a card: what is put in is escaped, the text itself may hold `<b>`, `<i>`, `<a>`. */
  t(key: string, values?: Values): string
  /** Text for a button, a toast or a file name: plain, nothing escaped. */
  label(key: string, values?: Values): string
  /** Whether the key has a text in this language. */
  has(key: string): boolean
}

export type Texts = { for(language: Language, address: Address): Say }

/**
 * Reads `locales/<language>/*.json`; the file's name is the first part of its keys.
 * A key without a text is a fault of ours, and throws: a family never reads «home.title».
 */
export const loadTexts = async (dir: string): Promise<Texts> => {
  const i18n = i18next.createInstance()
  await i18n.init({
    lng: 'ru',
    fallbackLng: false,
    resources: Object.fromEntries(
      languages.map((language) => [language, { translation: read(dir, language) }]),
    ),
    interpolation: { escapeValue: true, escape: escapeHtml },
    parseMissingKeyHandler: (key) => {
      throw new Error(`No text for ${key}`)
    },
  })

  const forPerson = (language: Language, address: Address): Say => {
    const fixed = i18n.getFixedT(language)
    const context = address === 'minor' ? { context: 'minor' } : {}
    // A text that takes no values is the same every time, and a card has a dozen of them.
    const texts = new Map<string, string>()
    const known = new Map<string, boolean>()
    const text = (key: string, values: Values | undefined, options: Record<string, unknown>) => {
      if (values) return fixed(key, { ...values, ...options })
      return memoized(texts, key, () => fixed(key, options))
    }
    return {
      language,
      address,
      t: (key, values) => text(key, values, context),
      label: (key, values) => text(key, values, { ...context, interpolation: { escapeValue: false } }),
      has: (key) => memoized(known, key, () => i18n.exists(key, { lng: language })),
    }
  }

  const all = new Map(languages.flatMap((l) => addresses.map((a) => [`${l}.${a}`, forPerson(l, a)] as const)))
  return { for: (language, address) => all.get(`${language}.${address}`) ?? forPerson(language, address) }
}

/** Keys are ours and few, whatever people send: what was asked for once is kept. */
const memoized = <T>(kept: Map<string, T>, key: string, make: () => T): T => {
  const found = kept.get(key)
  if (found !== undefined) return found
  const made = make()
  kept.set(key, made)
  return made
}

const read = (dir: string, language: Language) =>
  Object.fromEntries(
    readdirSync(join(dir, language))
      .filter((file) => file.endsWith('.json'))
      .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(dir, language, file), 'utf8'))]),
  )

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Makes a person's text harmless inside a card. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/** The language of somebody we meet for the first time: English only where the app asks for it. */
export const languageFrom = (hint: string | undefined): Language =>
  hint?.toLowerCase().startsWith('en') ? 'en' : 'ru'
