import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openOnes } from '#storage/cases/case-terms.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('of several terms those that are open and in force', async () => {
  const { familyId } = await askedFamily(db())
  const opening = { number: 1, ground: 'earlier', openingStage: 'registered', acceptedOn: at, at }
  const { id: episodeId } = await db().prisma.episode.create({ data: { familyId, ...opening } })
  const term = async (nth: number, more: { state?: string; replacedAt?: Date }) => {
    const days = { countedFrom: at, dueOn: at, actBy: at, nearOn: at, computedAt: at }
    const of = { familyId, episodeId, code: 'ipss', round: 1, nth, responsible: 'curator', byDefault: false }
    return (await db().prisma.caseTerm.create({ data: { ...of, ...days, state: 'open', ...more } })).id
  }
  const [open, met] = [await term(1, {}), await term(2, { state: 'met' })]
  const replaced = await term(3, { replacedAt: at })
  expect(await openOnes(db(), [open, met, replaced, randomUUID()])).toEqual(new Map([[open, 1]]))
  expect(await openOnes(db(), [])).toEqual(new Map())
})
