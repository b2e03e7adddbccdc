import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedOf } from '#features/cases/adults-view.ts'

const member = fc.record({
  role: fc.constantFrom('parent', 'representative', 'minor'),
  personId: fc.constantFrom(null, 'p'),
  unconfirmedSince: fc.constantFrom(null, new Date(0)),
})
const fact = fc.record({ kind: fc.constantFrom('parents-unsafe', 'no-calls', 'no-messages') })

test('either adults are asked or minors, never both; only who has joined, and no adult where they are not safe', () => {
  fc.assert(
    fc.property(fc.array(member), fc.array(fact), (members, facts) => {
      const asked = askedOf(members, facts)
      const minors = asked.filter(({ role }) => role === 'minor')
      expect([0, asked.length]).toContain(minors.length)
      expect(asked.every(({ personId }) => personId !== null)).toBe(true)
      expect(minors.every(({ unconfirmedSince }) => unconfirmedSince === null)).toBe(true)
      if (facts.some(({ kind }) => kind === 'parents-unsafe')) expect(minors).toEqual(asked)
      const adult = members.some(({ role, personId }) => role !== 'minor' && personId !== null)
      if (adult && facts.length === 0) expect(asked.length > 0 && minors.length === 0).toBe(true)
    }),
  )
})
