import { describe, expect, test } from 'vitest'
import type { InputKey } from '#core/channel.ts'
import { createDraft, type DraftChange, deleteDraft, saveDraft } from '#storage/intake/drafts.ts'
import { beginUpdate } from '#storage/updates.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newAccount, newPerson, newInput } from '#test/storage/samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-22T10:00:00.123Z')

const newDraft = async () => {
  const { id: personId } = await newPerson(db())
  const { id } = await db().transaction((tx) =>
    createDraft(tx, { personId, version: 1, region: 'stavropol', answers: 'v1.test.0', now }),
  )
  const change = (given: Partial<DraftChange> = {}): DraftChange => ({
    input: newInput(),
    draftId: id,
    revision: 0,
    answers: 'v1.test.1',
    version: 2,
    region: 'nyagan',
    now,
    ...given,
  })
  const stored = () => db().prisma.draft.findUnique({ where: { id } })
  return { personId, change, stored }
}

const processed = (input: InputKey) => db().prisma.processedUpdate.count({ where: input })

describe('an answer', () => {
  test('is saved with the key of its update', async () => {
    const { change, stored } = await newDraft()
    const one = change()
    expect(await saveDraft(db(), one)).toBe('saved')
    expect(await stored()).toMatchObject({
      answers: 'v1.test.1',
      version: 2,
      region: 'nyagan',
      revision: 1,
      updatedAt: now,
    })
    expect(await db().prisma.processedUpdate.findFirst({ where: one.input })).toEqual({
      ...one.input,
      at: now,
    })
  })

  test('delivered again is a duplicate, with the old revision and with the new one', async () => {
    const { change, stored } = await newDraft()
    const one = change()
    await saveDraft(db(), one)
    expect(await saveDraft(db(), one)).toBe('duplicate')
    expect(await saveDraft(db(), { ...one, revision: 1, answers: 'v1.test.2' })).toBe('duplicate')
    expect(await stored()).toMatchObject({ answers: 'v1.test.1', revision: 1 })
  })

  test('to an older revision is stale, and its update is not taken', async () => {
    const { change, stored } = await newDraft()
    await saveDraft(db(), change())
    const late = change({ answers: 'v1.test.late' })
    expect(await saveDraft(db(), late)).toBe('stale')
    expect(await processed(late.input)).toBe(0)
    expect(await stored()).toMatchObject({ answers: 'v1.test.1', revision: 1 })
    expect(await saveDraft(db(), { ...late, revision: 1 })).toBe('saved')
  })

  test('to a draft that is gone is stale', async () => {
    const { personId, change } = await newDraft()
    expect(await db().transaction((tx) => deleteDraft(tx, personId))).toBe(true)
    expect(await db().transaction((tx) => deleteDraft(tx, personId))).toBe(false)
    const late = change()
    expect(await saveDraft(db(), late)).toBe('stale')
    expect(await processed(late.input)).toBe(0)
  })

  test('whose update was done by a transaction is a duplicate', async () => {
    const { change, stored } = await newDraft()
    const one = change()
    await db().transaction((tx) => beginUpdate(tx, newAccount(), one.input, new Date()))
    expect(await saveDraft(db(), one)).toBe('duplicate')
    expect(await stored()).toMatchObject({ answers: 'v1.test.0', revision: 0 })
  })
})

describe('twenty at once', () => {
  test('of the same update: one is saved, and judged again the others are duplicates', async () => {
    const { change, stored } = await newDraft()
    const one = change()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => saveDraft(db(), one)))
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    expect(await stored()).toMatchObject({ revision: 1 })
    expect(await saveDraft(db(), { ...one, revision: 1 })).toBe('duplicate')
  })

  test('of different updates with one revision: one is saved, the others are stale and not taken', async () => {
    const { change, stored } = await newDraft()
    const changes = Array.from({ length: 20 }, () => change())
    const outcomes = await Promise.all(changes.map((one) => saveDraft(db(), one)))
    expect(outcomes.toSorted()).toEqual(['saved', ...Array(19).fill('stale')])
    expect(await stored()).toMatchObject({ revision: 1 })
    expect(
      await db().prisma.processedUpdate.count({
        where: { id: { in: changes.map(({ input }) => input.id) } },
      }),
    ).toBe(1)
  })
})

test('a person has one draft', async () => {
  const { personId } = await newDraft()
  const second = db().transaction((tx) =>
    createDraft(tx, { personId, version: 1, region: 'nyagan', answers: 'v1.test.x' }),
  )
  await expect(second).rejects.toMatchObject({ code: 'P2002' })
})

test('what is not sealed is not stored', async () => {
  const { change } = await newDraft()
  await expect(saveDraft(db(), change({ answers: '{"name":"Ольга"}' }))).rejects.toThrow(
    'drafts_answers_sealed',
  )
})
