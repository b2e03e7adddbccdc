import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  findYouSaidWeDid,
  insertYouSaidWeDid,
  withdrawYouSaidWeDid,
} from '#storage/surveys/you-said-we-did.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('an item keeps its days, and is withdrawn once', async () => {
  const item = {
    ...{ surveyCode: 'support', from: '2026-07-01', until: '2026-09-30', territory: null, publishedAt: now },
    ...{
      said: 'Долго ждать',
      done: 'Отвечаем за день',
      saidEn: null,
      doneEn: null,
      staffId: null,
      apiKeyId: null,
    },
  }
  const { id } = await db().transaction((tx) => insertYouSaidWeDid(tx, item))
  expect(await findYouSaidWeDid(db(), randomUUID())).toBeNull()
  expect(await findYouSaidWeDid(db(), id)).toEqual({ ...item, id, withdrawnAt: null })
  expect(await db().transaction((tx) => withdrawYouSaidWeDid(tx, id, now))).toBe(true)
  expect(await db().transaction((tx) => withdrawYouSaidWeDid(tx, id, now))).toBe(false)
})
