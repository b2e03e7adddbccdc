import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWorld } from '#test/support/world.ts'

test('a report says which years’ days off are not known, for its own days hang on them', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2027-10-11T07:00:00Z' })
  const { token } = await keyOf(world)
  const notes = async (period: string) => {
    const url = new URL(`/api/v1/reports/${period}/file?format=pdf`, world.app().url)
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'ru' },
    })
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.arrayBuffer())))
    return text.join(' ').match(/Выходные \d{4} года ещё не внесены/g) ?? []
  }
  expect(await notes('2027-Q3')).toEqual([])
  // It is due in January of a year that nobody has decreed.
  expect(await notes('2027-Q4')).toEqual(['Выходные 2028 года ещё не внесены'])
})

test('a start says it, too', async () => {
  const world = await openWorld({
    region: 'novgorod',
    at: '2027-11-10T07:00:00Z',
    noise: ['calendar.incomplete'],
  })
  expect(world.lines.filter((line) => line.includes('calendar.incomplete'))).toEqual([
    expect.stringContaining('"code":"calendar.year-missing"'),
  ])
})
