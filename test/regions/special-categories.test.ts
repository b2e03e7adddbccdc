import { expect, test } from 'vitest'
import { specialGrounds, specialMarkOf } from '#features/consents/special-grounds.ts'
import { region, regionCodes } from '#regions/index.ts'
import { specialKindsOf } from '#regions/special-categories.ts'

/** Of all regions, as the centre's lawyer reads them in docs/legal.md. */
const health = [
  ...[
    'accessible-environment',
    'disabled-child',
    'disabled-relative',
    'early-health-needs',
    'medical-care-unmet',
  ],
  ...[
    'parent-addiction',
    'parent-illness',
    'pregnant-giving-up',
    'self-care-loss',
    'self-harm',
    'suicide-risk',
  ],
]

test('which categories and circumstances are special is decided for each of every region', () => {
  const all = regionCodes.flatMap((code) => {
    const { categories, circumstances } = region(code)
    return [...categories, ...circumstances].map((need) => ({ region: region(code), code: need.code }))
  })
  const of = (kind: string) =>
    [
      ...new Set(
        all.filter((one) => specialMarkOf(one.region, one.code)?.kind === kind).map(({ code }) => code),
      ),
    ].sort()
  expect(of('health')).toEqual(health)
  expect(of('offences')).toEqual(['drawn-into-crime', 'young-offender'])
})

test('health needs a signature on paper; for convictions no consent is a ground', () => {
  expect(specialGrounds).toEqual({
    health: { clause: '152-fz-10-2-1', written: true },
    offences: { clause: '152-fz-10-3', written: false },
  })
  expect(specialKindsOf(region('stavropol'), ['young-offender', 'self-harm', 'no-work'])).toEqual([
    'health',
    'offences',
  ])
})
