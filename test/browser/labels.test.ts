import { afterAll, beforeAll, expect, test } from 'vitest'
import { addresses, languages, loadTexts, type Say } from '#core/text.ts'
import { buttonSites } from '#test/support/labels.ts'
import { keysLike } from '#test/support/locale-keys.ts'
import { cutLabels, type Row } from './cut-labels.ts'
import { browserForTests } from './open-page.ts'
import { startSmallBot } from './small-bot.ts'

const open = browserForTests()
// The page is what is asked, and it is the same without the product behind it.
let app: Awaited<ReturnType<typeof startSmallBot>>
beforeAll(async () => {
  app = await startSmallBot()
})
afterAll(() => app.stop())

/** What the code fills in, as long as it may well be. */
const values = {
  count: 12,
  number: 128,
  ticked: 12,
  name: 'Александра',
  who: 'Александра',
  what: '12',
  when: 'ср, 23 дек., 15:00',
  from: '22:00',
  until: '07:00',
  to: '07:00',
  day: '23 декабря',
  minutes: 120,
  time: '15:00',
  names: 'Александра, ',
}

/** Labels that the code takes from somewhere else than a literal key, and those in rows that it puts together. */
const options = [
  'regions.*.circumstances.*',
  'regions.*.short.*.*',
  'regions.*.helpKinds.*',
  'regions.shared.representatives.*',
  'regions.*.sources.*',
  'regions.*.categories.*',
  'question.*.options.*',
  'settings.options.*',
]
/** Two of them share a row. */
const halves = ['question.*.short', 'card.menu', 'planChanges.buttons.*']
const pages = ['question.pageOn', 'question.pageBack']

/** Where a shorter name stands on the button, the long one is text only. */
const isTextOnly = (say: Say, key: string): boolean =>
  /\.(circumstances|categories)\./.test(key) &&
  !key.includes('.short.') &&
  say.has(key.replace(/\.(circumstances|categories)\./, '.short.$1.'))

const rowsOf = (say: Say): Row[] => {
  const texts = (pattern: string) =>
    keysLike(say.language, pattern)
      .filter((key) => !isTextOnly(say, key))
      .map((key) => say.label(key, values))
  return [
    ...buttonSites().flatMap(({ keys, shared }) =>
      keys.flatMap(texts).map((label) => (shared ? [label, label] : [label])),
    ),
    ...options.flatMap(texts).map((label) => [`✓ ${label}`]),
    ...texts('regions.shared.groups.*').map((label) => [`✓ ${label} ›`]),
    ...Object.values(keyless)
      .flat()
      .flatMap((label) =>
        /^[a-zA-Z]+\./.test(label) ? texts(label).map((text) => [`✓ ${text}`]) : [[label]],
      ),
    ...halves.flatMap(texts).map((label) => [label, label]),
    ...pages.flatMap(texts).map((label) => [`‹ ${label}`, `‹ ${label}`]),
  ]
}

/** Twenty-four letters, none of them narrow: the code cuts what people write to so many. */
const asWritten = 'Познакомиться со школой…'

/** Labels whose key is not written where the button is made, at their longest. */
const keyless: Record<string, readonly string[]> = {
  'String(first + index)': ['10'],
  "`${isChosen ? '✓ ' : ''}${name}`": ['✓ Александра'],
  // No longer than 24 characters: regions/absent-words.
  'decidedBy(say, region, otherThan(by))': [],
  'finderWords(say, region, one)': [],
  label: ['card.back'],
  'titleOf(say, reply)': ['quickReplies.seed.*.title'],
  '`${index + 1}. ${label}`': ['1. Попросить снова', '3. Services will do'],
  'String(index + 1)': ['10'],
  'documentName(say, region.code, code)': ['documents.*.*'],
  '`${mark(code)}${index + 1}`': ['✓ 10'],
  "optionLabel(say, region.code, 'sources', code)": [],
  'label(code)': ['caseload.levels.*', 'decide.levelLater'],
  '`${marked(needs)}${name(code)} ›`': [],
  '`✓ ${name}`': [],
  name: [],
  number: ['2026-000128'],
  "`${urgent ? '🔴 ' : ''}${familyLabel(say, number, names)}`": ['🔴 Семья № 1280 · Александра, '],
  'optionLabel(say, region.code, question.id, unsure)': [],
  "(said === kind ? '✓ ' : '') + label": ['planChanges.buttons.*'],
  "`${unread ? '● ' : ''}${shortened(nameOrRole(say, role, name))}`": [asWritten, 'caseload.roles.*'],
  "`${urgent ? '🔴 ' : ''}${number}`": ['🔴 2026-000128'],
  "brief(optionLabel(say, region, 'territory', code))": [asWritten],
  'brief(activity.plain)': [asWritten],
  'brief(title)': [asWritten],
  'brief(words.adult)': [asWritten],
  "mark + brief(nowOf(change)?.plain ?? '', 24 - mark.length)": [asWritten],
  'mark + optionButton(builder.say, region.code, question.id, code)': [],
  'mark(answer?.number === number) + String(number)': ['✓ 10'],
  'mark(ticked) + (short ? words : String(index + 1))': [`✓ ${asWritten}`],
  'openFileLabel(say, file)': [asWritten],
  'openFileLabel(say, file.file)': [asWritten],
  'openLabel(say)': ['staffVisit.buttons.open'],
  // A first name that its owner chose, cut after 24 letters.
  'short(name)': [asWritten],
  'short(nameOrRole(say, role, called))': [asWritten, 'caseload.roles.*'],
  'shortMoment(words, startsAt)': ['23 сентября 2027, 15:00'],
  'shortened(nameOrRole(say, role, called))': [asWritten],
  'slotMoment(words, slot)': ['ср, 23 сентября 2027, 15:00', 'Wed, 23 September 2027, 15:00'],
  'surveyLabel(say, survey)': ['survey.buttonBegun', 'survey.button'],
}

test('every label without a key is listed here', () => {
  const found = buttonSites().filter(({ keys }) => keys.length === 0)
  expect([...new Set(found.map(({ code }) => code.replace(/\s+/g, ' ')))].sort()).toEqual(
    Object.keys(keyless).sort(),
  )
})

test('at 360 px no label of any button is cut, in either language and form of address', async () => {
  const texts = await loadTexts('locales')
  const page = await open(app.url, { viewport: { width: 360, height: 800 }, hasTouch: true })
  const rows = languages.flatMap((language) =>
    addresses.flatMap((address) => rowsOf(texts.for(language, address))),
  )
  expect(rows.length).toBeGreaterThan(900)
  const cut = await cutLabels(page, rows)
  await page.context().close()
  expect(cut).toEqual([])
}, 400_000)
