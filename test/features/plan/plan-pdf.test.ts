import { join } from 'node:path'
import { PNG } from 'pngjs'
import { Temporal } from 'temporal-polyfill'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { erasedText } from '#core/withheld.ts'
import { loadTexts } from '#core/text.ts'
import { countSign, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf, planPdf } from '#features/plan/pdf/plan-pdf.ts'
import { progressPicture } from '#features/plan/picture/progress-picture.ts'
import { progressOf, type Tracked } from '#features/plan/progress.ts'
import { region } from '#regions/index.ts'

const texts = await loadTexts(join(import.meta.dirname, '../../../locales'))
const say = texts.for('ru', 'adult')
const today = Temporal.PlainDate.from('2026-11-25')

const activity = (index: number, more: Partial<Tracked> = {}): Tracked => ({
  id: String(index),
  code: String(index),
  title: `Официальное название ${index}`,
  plain: `Простое дело ${index}`,
  kind: 'psychological',
  responsible: 'Марина',
  when: { kind: 'once', on: '2026-12-03', at: '15:00' },
  audience: 'family',
  status: 'planned',
  ...more,
})

const paperOf = (activities: Tracked[], reader: 'adult' | 'minor') => {
  const plan = {
    number: 3,
    at: new Date('2026-11-25T07:00:00Z'),
    document: {
      level: 'crisis' as const,
      from: '2026-11-25',
      until: '2027-05-20',
      goal: 'Цель для взрослых',
      tasks: ['Задача для взрослых'],
      results: ['Итог для взрослых'],
      activities: [activity(99, { plain: 'Чужое дело' })],
    },
    activities,
  }
  const organisation = { name: 'Центр помощи семье', contact: '+7 8652 00-00-00' }
  const facts = { family: { number: 128 }, organisation, plan, reader, region: region('stavropol') }
  return planPdf(texts.for('ru', reader), facts)
}

const pagesOf = async (bytes: Uint8Array) =>
  (await extractText(await getDocumentProxy(Uint8Array.from(bytes)))).text

test('the PDF has the whole plan, repeats the header on each page, and is deterministic', async () => {
  const long = activity(7, { centrePart: 'Ш'.repeat(500), familyPart: 'строка\n'.repeat(60) })
  const all = Array.from({ length: 30 }, (_, index) => (index === 7 ? long : activity(index)))
  const paper = paperOf(all, 'adult')
  const bytes = await paper.content()
  expect(Buffer.from(await paper.content()).equals(Buffer.from(bytes))).toBe(true)
  const pages = await pagesOf(bytes)
  expect(pages.length).toBeGreaterThan(2)
  expect(pages[0]).toMatch(/План семьи № 128 \(ИПСС\)[\s\S]*Цель для взрослых[\s\S]*Задача[\s\S]*Итог/)
  pages.forEach((page, index) => {
    expect(page).toContain('Кто что делает')
    expect(page).toContain(`страница ${index + 1} из ${pages.length}`)
  })
  const words = pages.join('\n').replace(/\s+/g, ' ')
  for (const { plain, title } of all) {
    expect(words).toContain(plain)
    expect(words).toContain(title)
  }
  expect(words).not.toContain('Чужое дело')
})

test('the PDF of a minor has only their activities', async () => {
  const words = (await pagesOf(await paperOf([activity(1)], 'minor').content())).join('\n')
  expect(words).toContain('Простое дело 1')
  expect(words).not.toMatch(/для взрослых|Чужое дело|Уровень|кризисный/)
})

test.each([
  ['nothing yet', [activity(1)]],
  ['all of it', Array.from({ length: 6 }, (_, index) => activity(index, { status: 'done' }))],
  ['two hundred', Array.from({ length: 200 }, (_, index) => activity(index))],
] as [string, Tracked[]][])('the progress picture fits a phone (%s)', async (_, activities) => {
  const progress = progressOf(activities, today)
  const { key, content } = progressPicture(progress, say)
  const { width, height, data } = PNG.sync.read(Buffer.from(await content()))
  expect([width, height < 1200]).toEqual([1000, true])
  expect(progressPicture(progress, say).key).toBe(key)
  expect(progressPicture(progress, texts.for('en', 'adult')).key).not.toBe(key)
  // No text crosses the edge.
  const [paper] = new Uint32Array(data.buffer, data.byteOffset, 1)
  const column = Array.from({ length: height }, (_, y) => data.readUInt32LE((y * width + width - 20) * 4))
  expect(new Set(column)).toEqual(new Set([paper]))
})

test('an emoji in a name leaves no empty box in the PDF', async () => {
  const named = activity(1, { plain: 'Встреча с Дашей 🦄', responsible: '🌸 Марина' })
  const text = (await pagesOf(await paperOf([named], 'adult').content())).join(' ')
  expect(text).toMatch(/Встреча с Дашей(?! ?\S*🦄)/)
  expect(text).toContain('Марина')
  expect(text).not.toMatch(/\p{Emoji_Presentation}|\uFFFD/u)
})

test('a long paper is drawn in parts: each row once, and each footer with the number of all pages', async () => {
  const count = 3_000
  const rows = Array.from({ length: count }, (_, index) => [[{ text: `r${index}` }], [{ text: 'слово' }]])
  const columns = [
    { title: '№', width: 60 },
    { title: 'что', width: 200 },
  ]
  const content = await drawPdf(
    {
      ...{ language: 'ru', madeAt: new Date('2026-11-24T09:00:00Z'), organisation: 'Центр', title: 'Учёт' },
      ...{
        facts: [],
        sections: [],
        tables: [{ heading: '', columns, rows }],
        notes: ['конец', `Слова: ${erasedText}`],
      },
      ...{ footer: `стр. ${pageSign} из ${countSign}`, wide: true },
    },
    say,
  )
  const { text, totalPages } = await extractText(await getDocumentProxy(content))
  expect(totalPages).toBeGreaterThan(80)
  for (const [index, page] of text.entries()) expect(page).toContain(`стр. ${index + 1} из ${totalPages}`)
  expect(text.join(' ').match(/\br\d+\b/g)).toEqual(rows.map((_, index) => `r${index}`))
  // What was erased stands in kind words.
  expect(text.at(-1)).toMatch(/конец[\s\S]*Слова: данные удалены/)
})
