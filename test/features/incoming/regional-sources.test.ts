import { expect, it } from 'vitest'
import { messageSources } from '#features/incoming/incoming.ts'
import { region } from '#regions/index.ts'

it.each([
  ['stavropol', 'other-person state-body municipal-body association internal-memo'],
  ['nyagan', 'helpline prevention-body'],
  [
    'novgorod',
    'other-person organisation child-helpline hotline trust-mail portal family-ambulance prevention-body',
  ],
] as const)(
  '%s: a message can be written down from each source that its text names, and only from these',
  (code, codes) => {
    const sources = messageSources(region(code))
    expect(sources.map((one) => one.code)).toEqual(codes.split(' '))
    for (const { source, startsTerms } of sources)
      expect([source, startsTerms]).toEqual([{ clause: expect.any(String) }, false])
  },
)

it.each(['chelyabinsk', 'crimea'] as const)(
  '%s: its text names nobody but the applicant: the product’s sources, marked so',
  (code) => {
    const sources = messageSources(region(code))
    expect(sources.map((one) => one.code)).toContain('school')
    for (const { source } of sources) expect(source).toBe('default')
  },
)
