import { expect, test } from 'vitest'
import { insertPlanVersion, plansBefore } from '#storage/plan/plans.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('of each family the last version before the one that is asked for, or the latest', async () => {
  const [{ familyId }, other] = [await askedFamily(db()), await askedFamily(db())]
  const plan = { level: 'basic', from: '2026-11-24', until: '2026-12-24', activities: 0, at } as const
  const insert = (of: string, version: number) =>
    db().transaction((tx) =>
      insertPlanVersion(tx, {
        ...{ ...plan, familyId: of, version, document: `v1.test.${version}` },
        ...{ apiKeyId: null, confidentialOnly: false },
      }),
    )
  for (const version of [1, 2, 4]) await insert(familyId, version)
  await insert(other.familyId, 1)
  const versions = async (before: number | null) => {
    const wanted = [familyId, other.familyId].map((of) => ({ familyId: of, before }))
    const found = await plansBefore(db(), wanted)
    return wanted.map((one) => found.find((row) => row.familyId === one.familyId)?.version)
  }
  expect(await versions(null)).toEqual([4, 1])
  expect(await versions(4)).toEqual([2, 1])
  expect(await versions(2)).toEqual([1, 1])
  expect(await versions(1)).toEqual([undefined, undefined])
})
