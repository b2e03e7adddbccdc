import { expect, test } from 'vitest'
import { adviceFor, numbersFor } from '#features/danger/danger-advice.ts'
import { dangerKinds } from '#features/danger/danger-kinds.ts'
import { helplineSchema, helplinesFor, outdatedHelplines } from '#features/danger/helplines.ts'
import { readConfig } from '#src/config.ts'

const line = {
  number: '8-800-700-54-52',
  name: { ru: 'ЛизаАлерт', en: 'LizaAlert' },
  kinds: ['ran-away'],
  confirmedBy: 'Анна Орлова',
  confirmedOn: '2026-05-20',
}

test('a number is shown for its kinds and readers only, and never without a confirmation', () => {
  const missing = helplineSchema.parse(line)
  const adults = helplineSchema.parse({ ...line, kinds: undefined, for: 'adult' })
  expect(helplinesFor([missing, adults], ['ran-away'], 'minor')).toEqual([missing])
  expect(helplinesFor([missing, adults], ['violence'], 'adult')).toEqual([adults])
  expect(helplineSchema.safeParse({ ...line, confirmedBy: undefined }).success).toBe(false)
  expect(helplineSchema.safeParse({ ...line, confirmedOn: undefined }).success).toBe(false)
})

test('after half a year a number must be confirmed again', () => {
  const one = helplineSchema.parse(line)
  expect(outdatedHelplines([one], new Date('2026-11-18'))).toEqual([])
  expect(outdatedHelplines([one], new Date('2026-11-28'))).toEqual([one])
})

test('the environment names confirmed numbers; anything else stops the start', () => {
  const organisation = { ORGANISATION_NAME: 'Ц', ORGANISATION_ADDRESS: 'С', ORGANISATION_CONTACT: '1' }
  const read = (helplines: string) => readConfig({ ...organisation, HELPLINES: helplines })
  expect(read(JSON.stringify([line])).organisation?.helplines).toMatchObject([{ number: line.number }])
  for (const wrong of ['[', '{}', JSON.stringify([{ ...line, confirmedBy: '' }])])
    expect(() => read(wrong)).toThrow(/HELPLINES/)
})

test('every kind has an advice with the children’s helpline, or with somebody who comes', () => {
  for (const kind of dangerKinds) expect(numbersFor[adviceFor([kind])].length).toBeGreaterThan(0)
  expect(adviceFor(['drunk', 'suicide'])).toBe('suicide')
  expect(adviceFor(['hunger', 'drunk'])).toBe('drunk')
  expect(adviceFor([])).toBe('call')
})
