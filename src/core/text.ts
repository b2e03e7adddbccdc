import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import i18next from 'i18next'
import { fillForms, formsOf } from './region-forms.ts'
import { inKindWords } from './withheld.ts'

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

/** Form of address: «вы» for adults, «ты» for minors (i18next context `minor`). */
export const addresses = ['adult', 'minor'] as const
export type Address = (typeof addresses)[number]

export type Values = Record<string, string | number>

/** The texts of `locales/` in one person's language and form of address. */
export type Say = {
  language: Language
  address: Address
  /** Text for a card: values are escaped; the text itself may contain `<b>`, `<i>`, `<a>`. */
  t(key: string, values?: Values): string
  /** Text for a button, a toast or a file name: plain text, values not escaped. */
  label(key: string, values?: Values): string
  /** Whether the key has a text in this language. */
  has(key: string): boolean
}

export type Texts = { for(language: Language, address: Address): Say }

/** Texts from elsewhere, beside those of a file: `{ ru: { regions: { mine: { … } } } }`. */
export type MoreTexts = { [L in Language]?: Record<string, Record<string, unknown>> }

/** Made once by a process for each region, because they change with the version only. */
const loaded = new Map<string, Promise<Texts>>()

/**
 * Reads `locales/<language>/*.json`; the file name is the first part of its keys.
 * A missing key throws: showing «home.title» to a family is a bug. Texts say the region's own words; without a region, those that most have.
 */
export const loadTexts = (dir: string, more: MoreTexts = {}, region?: string): Promise<Texts> =>
  memoized(loaded, JSON.stringify([dir, more, region]), () => makeTexts(dir, more, region))

const makeTexts = async (dir: string, more: MoreTexts, region: string | undefined): Promise<Texts> => {
  const i18n = i18next.createInstance()
  await i18n.init({
    lng: 'ru',
    fallbackLng: false,
    resources: Object.fromEntries(
      languages.map((language) => {
        const texts = joined(read(dir, language), more[language])
        return [language, { translation: fillForms(texts, formsOf(texts, region)) }]
      }),
    ),
    interpolation: { escapeValue: true, escape: escapeHtml },
    parseMissingKeyHandler: (key) => {
      throw new Error(`No text for ${key}`)
    },
  })

  const forPerson = (language: Language, address: Address): Say => {
    const fixed = i18n.getFixedT(language)
    const context = address === 'minor' ? { context: 'minor' } : {}
    // Texts without values never change, and a card has about a dozen of them.
    const texts = new Map<string, string>()
    const known = new Map<string, boolean>()
    const templates = new Map<string, Template>()
    const plural = new Intl.PluralRules(language)
    const text = (key: string, values: Values | undefined, escaped: boolean) => {
      if (!values) return memoized(texts, key, () => fixed(key, context))
      // i18next chooses the text; which one it is depends on nothing but the key and the form of the number.
      const { count } = values
      const form = typeof count === 'number' ? (count === 0 ? 'zero' : plural.select(count)) : ''
      const template = memoized(templates, `${key} ${form}`, () =>
        templateOf(fixed(key, { ...values, ...context, skipInterpolation: true })),
      )
      return (
        template(values, escaped) ??
        fixed(key, { ...values, ...context, interpolation: { escapeValue: escaped } })
      )
    }
    const label: Say['label'] = (key, values) => {
      const said = text(key, values, false)
      return values ? inKindWords({ label }, said) : said
    }
    return {
      language,
      address,
      t: (key, values) => inKindWords({ label }, text(key, values, true)),
      label,
      has: (key) => memoized(known, key, () => i18n.exists(key, { lng: language })),
    }
  }

  const all = new Map(languages.flatMap((l) => addresses.map((a) => [`${l}.${a}`, forPerson(l, a)] as const)))
  return { for: (language, address) => all.get(`${language}.${address}`) ?? forPerson(language, address) }
}

/** Puts values into one text; null where that is left to i18next. */
type Template = (values: Values, escaped: boolean) => string | null

const place = /\{\{(\w+)\}\}/

/** Text and names of values in turn. What i18next can do besides, formats and texts inside texts, is left to it. */
const templateOf = (text: string): Template => {
  const parts = text.split(place)
  if (parts.some((part, n) => n % 2 === 0 && /\{\{|\$t\(/.test(part))) return () => null
  return (values, escaped) => {
    let filled = ''
    for (const [n, part] of parts.entries()) {
      if (n % 2 === 0) filled += part
      else {
        const value = values[part]
        if (value === undefined) return null
        filled += escaped ? escapeHtml(String(value)) : value
      }
    }
    return filled
  }
}

/** Caches without a limit: keys come from our code, never from user input, so they are few. */
const memoized = <T>(kept: Map<string, T>, key: string, make: () => T): T => {
  const found = kept.get(key)
  if (found !== undefined) return found
  const made = make()
  kept.set(key, made)
  return made
}

type FileTexts = Record<string, unknown>

/** Read once by a process: they change with the version. Nobody writes into them. */
const files = new Map<string, FileTexts>()

const read = (dir: string, language: Language): FileTexts =>
  memoized(files, join(dir, language), () =>
    Object.fromEntries(
      readdirSync(join(dir, language))
        .filter((file) => file.endsWith('.json'))
        .map((file) => [
          basename(file, '.json'),
          JSON.parse(readFileSync(join(dir, language, file), 'utf8')),
        ]),
    ),
  )

const joined = (texts: Record<string, unknown>, more: MoreTexts[Language] = {}) => ({
  ...texts,
  ...Object.fromEntries(
    Object.entries(more).map(([file, own]) => [file, Object.assign({}, texts[file], own)]),
  ),
})

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes user text for use in a card. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/** Chooses a new person's language from the client's hint: English if it asks for it, Russian otherwise. */
export const languageFrom = (hint: string | undefined): Language =>
  hint?.toLowerCase().startsWith('en') ? 'en' : 'ru'
