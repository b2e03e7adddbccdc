import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { fillForms, formsOf } from '#core/region-forms.ts'
import { demoPeople } from '#sandbox/demo-people.ts'

type Step = {
  ru: string
  en: string
  phone?: number
  start?: true
  point?: string
  type?: string
  clock?: string
}
type Story = { id: string; title: { ru: string; en: string }; steps: Step[] }

const root = new URL('../../', import.meta.url)
const json = async (path: string) => JSON.parse(await readFile(new URL(path, root), 'utf8'))

const textsIn = (tree: object): string[] =>
  Object.values(tree).flatMap((one: unknown) =>
    typeof one === 'string' ? [one] : typeof one === 'object' && one !== null ? textsIn(one) : [],
  )

/** Every Russian text of the product: a label is one of them, or how it begins. */
const labels = async (): Promise<string[]> => {
  const files = (await readdir(new URL('locales/ru/', root))).filter((name) => name.endsWith('.json'))
  const forms = formsOf({ regions: await json('locales/ru/regions.json') }, 'stavropol')
  const texts = (await Promise.all(files.map((name) => json(`locales/ru/${name}`)))).flatMap(textsIn)
  return texts.map((text) => fillForms(text, forms))
}

test('three stories point at phones, labels and buttons that exist, in both languages', async () => {
  const stories: Story[] = await json('src/sandbox/page/stories.json')
  const words: Record<string, string> = await json('src/sandbox/page/words/ru.json')
  const known = await labels()
  expect(stories.map(({ id }) => id)).toEqual(['mother', 'girl', 'family'])
  for (const { id, title, steps } of stories) {
    expect(title.ru && title.en).toBeTruthy()
    expect(steps.length, id).toBeGreaterThan(5)
    for (const { ru, en, phone, point, clock, ...does } of steps) {
      expect(ru.length > 10 && en.length > 10, ru).toBe(true)
      expect(phone !== undefined || clock !== undefined, ru).toBe(true)
      if (phone)
        expect(
          demoPeople.some((person) => person.id === phone),
          ru,
        ).toBe(true)
      if (clock) expect(words[clock], ru).toBeDefined()
      if (point) expect(known, ru).toContain(point)
      expect([point, does.start, does.type].filter((one) => one !== undefined).length).toBeLessThan(2)
    }
  }
})
