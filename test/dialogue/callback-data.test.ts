import { expect, test } from 'vitest'
import { decodeTap, readCrisisArg } from '#dialogue/callback-data.ts'
import { linkActions } from '#dialogue/entry-points.ts'
import { landedAnswers, landedCrisis, landedLinks } from './landed-payloads.ts'

test.each(landedLinks)('a link in an old chat still leads somewhere: %s', (data) => {
  const [, action = '', arg] = data.split('.')
  expect(decodeTap(data)).toEqual({ revision: null, action, arg })
  expect(linkActions).toContain(action)
})

test.each(landedAnswers)('an answer on an old card is read: %s', (data, revision, action, arg) => {
  expect(decodeTap(data)).toEqual({ revision, action, arg })
})

test.each(landedCrisis)('the crisis button works on every card: %s', (data) => {
  const tap = decodeTap(data)
  expect(tap?.action).toBe('sos')
  expect(readCrisisArg(tap?.arg ?? '')).toEqual(
    data.endsWith('minor')
      ? { language: 'en', address: 'minor', staff: false }
      : { language: 'ru', address: 'adult', staff: false },
  )
})

test.each([
  '',
  'home',
  '-.home',
  '-.home..',
  '-.HOME.',
  '1.nothing.',
  '123456789.set.parent',
  `1.set.${'x'.repeat(41)}`,
  '1.set.два',
  `-.${'a'.repeat(25)}.`,
  'x'.repeat(65),
])('forged or malformed data is no tap: %j', (data) => {
  expect(decodeTap(data)).toBeNull()
})
