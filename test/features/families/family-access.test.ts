import { describe, expect, test } from 'vitest'
import { familyRights, type Standing } from '#features/families/family-access.ts'

type OfStaff = Extract<Standing, { kind: 'staff' }>

const roles = ['intake', 'curator', 'supervisor'] as const
const relations = ['curator', 'visitor', 'none'] as const
const territories = ['served', 'unserved', 'foreign'] as const
const curators = ['present', 'absent', 'gone'] as const

const everybody: OfStaff[] = roles.flatMap((role) =>
  relations.flatMap((relation) =>
    territories.flatMap((territory) =>
      curators.map(
        (curator) =>
          ({
            kind: 'staff',
            active: true,
            role,
            relation,
            territory,
            curator,
            closed: false,
            inTouch: false,
          }) as const,
      ),
    ),
  ),
)
const rights = (standing: Standing) => [...familyRights(standing)].sort()
const all = ['card', 'charge', 'contact', 'conversations', 'visit']

describe('what staff may do with a family', () => {
  test('a foreign territory gives nothing to whoever is not appointed by name', () => {
    for (const one of everybody.filter(({ territory }) => territory === 'foreign')) {
      const expected = { curator: all, visitor: ['contact', 'visit'], none: [] }[one.relation]
      expect(rights(one), JSON.stringify(one)).toEqual(expected)
    }
  })

  test('whoever has left has nothing, in whatever relation', () => {
    for (const one of everybody) expect(rights({ ...one, active: false })).toEqual([])
  })

  test('intake reads only while the curator is away, and never takes charge', () => {
    const intake = everybody.filter(({ role, relation }) => role === 'intake' && relation === 'none')
    const reading = intake.filter((one) => rights(one).length > 0)
    expect(reading.every(({ curator, territory }) => curator !== 'present' && /served/.test(territory))).toBe(
      true,
    )
    expect(reading.flatMap(rights)).not.toContain('charge')
    expect(rights({ ...(intake[0] as OfStaff), curator: 'absent' })).toEqual(['contact', 'conversations'])
    expect(rights({ ...(intake[0] as OfStaff), curator: 'gone' })).toEqual([
      'card',
      'contact',
      'conversations',
    ])
  })

  test('a supervisor of the territory has all, whoever is away; one of another territory has nothing', () => {
    for (const one of everybody.filter(
      ({ role, relation }) => role === 'supervisor' && relation === 'none',
    )) {
      const expected = { served: all, unserved: all, foreign: [] }[one.territory]
      expect(rights(one), JSON.stringify(one)).toEqual(expected)
    }
  })

  test('another family’s curator has nothing; a visitor has the visit, and how to reach the family', () => {
    for (const one of everybody.filter(({ role, relation }) => role === 'curator' && relation !== 'curator'))
      expect(rights(one)).toEqual(one.relation === 'visitor' ? ['contact', 'visit'] : [])
  })

  test('after the end of support the curator keeps the card and the conversations, and what it takes to stay in touch; a visitor nothing', () => {
    for (const one of everybody.map((of) => ({ ...of, closed: true }))) {
      const found = rights(one)
      if (one.role === 'supervisor')
        expect(found).toEqual(
          rights({ ...one, closed: false, relation: one.relation === 'visitor' ? 'none' : one.relation }),
        )
      else if (one.relation === 'curator') {
        expect(found).toEqual(['card', 'conversations'])
        expect(rights({ ...one, inTouch: true })).toEqual(['card', 'contact', 'conversations'])
      } else {
        const reads = one.role === 'intake' && one.territory !== 'foreign' && one.curator !== 'present'
        expect(found, JSON.stringify(one)).toEqual(reads ? ['conversations'] : [])
      }
    }
  })

  test('a key has what its scopes say, within its territories only', () => {
    expect(rights({ kind: 'key', territory: 'served' })).toEqual(all)
    expect(rights({ kind: 'key', territory: 'foreign' })).toEqual([])
  })
})
