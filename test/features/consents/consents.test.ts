import { mkdtempSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#core/ids.ts'
import { addresses, languages } from '#core/text.ts'
import { consentKinds } from '#features/consents/consent-text.ts'
import { loadConsents } from '#features/consents/consent-texts.ts'

const locales = join(import.meta.dirname, '../../../locales')
const operator = {
  name: 'ГБУСО «Центр помощи семье»',
  address: 'г. Ставрополь, ул. Примерная, 1',
  contact: '8 (8652) 00-00-00',
  region: 'stavropol',
} as const
const consents = loadConsents(locales, operator)
const all = languages.flatMap((language) =>
  consentKinds.flatMap((kind) => addresses.map((address) => ({ kind, language, address }))),
)
const textOf = ({ kind, language, address }: (typeof all)[number]) => consents.text(kind, language, address)

describe.each(all)('$kind in $language for $address', (which) => {
  const text = textOf(which)

  it('is complete: title, version, operator, no placeholder left', () => {
    expect(text.markdown.startsWith(`# ${text.title}\n`)).toBe(true)
    expect(text.version).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(text.markdown).not.toMatch(/\{\{|\}\}/)
    for (const value of [operator.name, operator.address, operator.contact])
      expect(text.markdown).toContain(value)
    expect(text.markdown).toContain(which.language === 'ru' ? 'Ставропольский край' : 'Stavropol Territory')
  })

  it('carries the hash of exactly the shown text', () => {
    expect(text.hash).toBe(sha256(text.markdown))
  })

  it('makes a PDF with the same bytes every time', async () => {
    const other = loadConsents(locales, operator)
    const [first, second] = await Promise.all([consents.document(text), other.document(textOf(which))])
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
    const pdf = Buffer.from(first).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toContain('/MediaBox [0 0 595.28 841.89]')
    expect(first.length).toBeLessThan(60_000)
  })
})

describe.each(all)('$kind in $language for $address, as it is signed', ({ kind, language, address }) => {
  const text = consents.paper(kind, language, address)
  const tapped = consents.text(kind, language, address)

  it('speaks of a signature, and has a version and a hash of its own wherever it says how one agrees', () => {
    expect(text.hash).toBe(sha256(text.markdown))
    expect(text.markdown).not.toMatch(/под карточкой|под сообщением|under the bot|\{\{/)
    if (kind !== 'personal-data' && kind !== 'data-sharing') return
    expect(text.markdown).toMatch(/датой рядом|ставишь дату|with the date|put the date/)
    expect(text.hash).not.toBe(tapped.hash)
    expect(text.version >= tapped.version).toBe(true)
    expect(tapped.markdown).not.toMatch(/на этом листе|этот лист|this sheet/)
  })
})

it('what is signed is the same as what is agreed to in the bot, but for how', () => {
  for (const { kind, language, address } of all) {
    const [tapped, signed] = [consents.text(kind, language, address), consents.paper(kind, language, address)]
    const paragraphs = (one: typeof tapped) => one.markdown.split('\n\n')
    const other = paragraphs(signed).filter((one) => !paragraphs(tapped).includes(one))
    expect(other.length).toBeLessThanOrEqual(1)
  }
})

it('every text has its own hash', () => {
  expect(new Set(all.map((which) => textOf(which).hash)).size).toBe(all.length)
})

describe('152-ФЗ, ст. 9, ч. 4, in the consents to processing and to disclosure', () => {
  const parts = {
    ru: {
      adult: ['оператор', 'цель', 'Сколько действует', 'Как отозвать', 'действия'],
      minor: ['Зачем', 'Сколько это действует', 'Как передумать', '152-ФЗ'],
    },
    en: {
      adult: ['operator', 'purpose', 'How long it lasts', 'How to withdraw', 'actions'],
      minor: ['What for', 'How long it lasts', 'How to change your mind', '152-FZ'],
    },
  }
  it.each(all.filter(({ kind }) => kind !== 'support-request'))('$kind, $language, $address', (which) => {
    for (const part of parts[which.language][which.address]) expect(textOf(which).markdown).toContain(part)
  })

  const actions = [
    ...['сбор', 'запись', 'систематизация', 'накопление', 'хранение', 'уточнение', 'извлечение'],
    ...['использование', 'предоставление', 'блокирование', 'удаление', 'уничтожение'],
  ]
  it.each(addresses)('personal-data for %s lists the actions of ст. 3', (address) => {
    const text = consents.text('personal-data', 'ru', address).markdown.toLowerCase()
    for (const action of actions) expect(text).toContain(action)
  })

  it('a minor reads about their own agreement, about adults, and about the duty to report', () => {
    for (const kind of consentKinds) {
      const text = consents.text(kind, 'ru', 'minor').markdown
      expect(text).toContain('твоё собственное согласие')
      expect(text).toContain('специалист решит вместе с тобой')
      expect(text).toContain('Если твоей жизни или здоровью угрожает опасность')
    }
  })

  it('no text for minors says «вы», and none for adults says «ты»', () => {
    for (const kind of consentKinds) {
      const word = (words: string) => new RegExp(`(?<!\\p{L})(${words})(?!\\p{L})`, 'iu')
      expect(consents.text(kind, 'ru', 'minor').markdown).not.toMatch(word('вы|вас|вам|вами|ваш\\p{L}*'))
      expect(consents.text(kind, 'ru', 'adult').markdown).not.toMatch(word('ты|тебя|тебе|тобой|тво\\p{L}*'))
    }
  })
})

describe('inserted values', () => {
  it('are plain text, not Markdown, and change the hash', () => {
    const strange = loadConsents(locales, { ...operator, name: 'Центр *Семья* [1] <b>\n# x' })
    const text = strange.text('personal-data', 'ru', 'adult')
    expect(text.markdown).toContain('Центр \\*Семья\\* \\[1\\] \\<b\\> \\# x')
    expect(text.hash).not.toBe(consents.text('personal-data', 'ru', 'adult').hash)
  })

  it('must not be empty', () => {
    expect(() => loadConsents(locales, { ...operator, contact: '' })).toThrow(/personal-data\.md: .*contact/)
  })
})

describe('a damaged text fails at load time', () => {
  const dir = mkdtempSync(join(tmpdir(), 'consents-'))
  const file = join(dir, 'ru/consents/data-sharing.minor.md')
  beforeAll(() => cp(locales, dir, { recursive: true }))
  afterAll(() => rm(dir, { recursive: true }))

  it.each([
    ['no version', (text: string) => text.replace(/^version.*\n/, ''), /data-sharing\.minor\.md: expected/],
    ['no title', (text: string) => text.replace(/^# .*\n/m, ''), /data-sharing\.minor\.md: expected/],
    [
      'what is signed is older',
      (text: string) => text.replace(/^paper: .*$/m, 'paper: 2020-01-01'),
      /data-sharing\.minor\.md: what is signed is older/,
    ],
    [
      'an unknown placeholder',
      (text: string) => `${text}{{phone}}`,
      /data-sharing\.minor\.md: .*\{\{phone\}\}/,
    ],
  ])('%s', async (_, damage, expected) => {
    const whole = await readFile(join(locales, 'ru/consents/data-sharing.minor.md'), 'utf8')
    await writeFile(file, damage(whole))
    expect(() => loadConsents(dir, operator)).toThrow(expected)
  })
})

it('the PDF carries title and version, and a footer on each page', async () => {
  const text = consents.text('personal-data', 'ru', 'adult')
  const pdf = Buffer.from(await consents.document(text))
  const source = pdf.toString('latin1')
  const pages = source.match(/\/Type \/Page\n/g)?.length ?? 0
  expect(pages).toBeGreaterThanOrEqual(2)
  expect(source).toContain(`D:${text.version.replaceAll('-', '')}`)
  expect(source).toContain('/Lang (ru)')
  expect(footers(pdf)).toBe(pages)
})

/** Text in the footer's own size, counted in the drawn pages. */
const footers = (pdf: Buffer): number => {
  const source = pdf.toString('latin1')
  return [...source.matchAll(/stream\n([\s\S]*?)\nendstream/g)].filter(([, body = '']) => {
    const bytes = Buffer.from(body, 'latin1')
    return bytes[0] === 0x78 && inflateSync(bytes).toString('latin1').includes(' 7.5 Tf')
  }).length
}
