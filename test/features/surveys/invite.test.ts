import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cooldownMs, decideInvitation } from '#features/surveys/dispatch-invitations.ts'

const now = new Date('2026-11-25T12:00:00Z')
const hour = 3_600_000
const day = 24 * hour
const invitation = { expiresAt: new Date(now.getTime() + 3 * day) }
const free = { wanted: true, busy: false, last: null, now }
const ago = (ms: number) => new Date(now.getTime() - ms)

test('a person is invited at most once a week, over all surveys', () => {
  expect(decideInvitation(invitation, free)).toBe('invite')
  expect(decideInvitation(invitation, { ...free, last: ago(7 * day) })).toBe('invite')
  const sixDays = ago(6 * day)
  expect(decideInvitation(invitation, { ...free, last: sixDays })).toEqual({
    wait: new Date(sixDays.getTime() + 7 * day),
  })
})

test('unwanted and expired invitations are dropped; urgent matters and unread invitations come first', () => {
  expect(decideInvitation(invitation, { ...free, wanted: false })).toBe('drop')
  expect(decideInvitation({ expiresAt: now }, free)).toBe('drop')
  expect(decideInvitation(invitation, { ...free, busy: true })).toEqual({
    wait: new Date(now.getTime() + hour),
  })
})

test('for any due times, a person is never invited twice within a week', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 * day }), { maxLength: 30 }), (offsets) => {
      const told: number[] = []
      for (const offset of offsets.toSorted((a, b) => a - b)) {
        const at = new Date(now.getTime() + offset)
        const last = told.length > 0 ? new Date(told.at(-1) ?? 0) : null
        const expiresAt = new Date(at.getTime() + day)
        if (decideInvitation({ expiresAt }, { ...free, last, now: at }) === 'invite') told.push(at.getTime())
      }
      const gaps = told.slice(1).map((at, index) => at - (told[index] ?? 0))
      expect(gaps.every((gap) => gap >= cooldownMs)).toBe(true)
    }),
  )
})
