import { expect, test } from 'vitest'
import { territoryOfCall } from '#features/requests/register-call.ts'
import { region } from '#regions/index.ts'

test('whoever took the call serves one territory: a code of before, which was merged into another one, does not count', () => {
  const asked = (territories: string[]) => territoryOfCall('у соседей', region('stavropol'), { territories })
  expect(asked(['merged-district', 'leninsky'])).toBe('leninsky')
  expect(asked(['leninsky', 'oktyabrsky'])).toBe(null)
})
