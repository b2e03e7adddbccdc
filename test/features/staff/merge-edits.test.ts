import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayInWords, readDay } from '#features/routing/duty-hours-words.ts'
import { mergeEdits } from '#features/staff/merge-edits.ts'

const value = fc.constantFrom('a', 'b', 'c')
const fields = fc.record({ one: value, other: value })

describe('fields that two people change', () => {
  test('are merged: whoever changed nothing changes nothing, and nothing of somebody else is lost unseen', () => {
    fc.assert(
      fc.property(fields, fields, fields, (shown, typed, now) => {
        const { changes, conflicts } = mergeEdits({ shown, typed, now })
        for (const key of ['one', 'other'] as const) {
          const saved = changes[key] ?? now[key]
          if (typed[key] === shown[key]) expect(saved).toBe(now[key])
          else expect(saved).toBe(typed[key])
          expect(conflicts.includes(key)).toBe(
            typed[key] !== shown[key] && now[key] !== shown[key] && typed[key] !== now[key],
          )
        }
      }),
    )
  })

  test('the order of a list or of days is no change', () => {
    const shown = { territories: ['a', 'b'], dutyHours: { mon: ['09:00', '18:00'], tue: ['10:00', '12:00'] } }
    const typed = { territories: ['b', 'a'], dutyHours: { tue: ['10:00', '12:00'], mon: ['09:00', '18:00'] } }
    expect(mergeEdits({ shown, typed, now: shown })).toEqual({ changes: {}, conflicts: [] })
  })
})

describe('a day as people write it', () => {
  test.each([
    [
      '9:00–13:00, 14:00–18:00',
      [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
    ],
    ['9-18', [['09:00', '18:00']]],
    ['20.00 до 8.00', [['20:00', '08:00']]],
    [' ', []],
    ['с девяти', null],
    ['9-25', null],
    ['9-9', null],
  ])('%s', (text, expected) => {
    expect(readDay(text)).toEqual(expected)
  })

  test('is read as it is written', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${`${h}`.padStart(2, '0')}:${`${m}`.padStart(2, '0')}`)
    const interval = fc.tuple(time, time).filter(([from, until]) => from !== until)
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 6 }), (all) => {
        expect(readDay(dayInWords(all))).toEqual(all)
      }),
    )
  })
})
