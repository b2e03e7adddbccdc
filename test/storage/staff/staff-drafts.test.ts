import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { draftKeptMs, dropDraft, maxDraftsEach, readDraft, saveDraft } from '#features/staff/staff-drafts.ts'
import { createSealer } from '#storage/seal.ts'
import { deleteExpiredData } from '#workers/retention.ts'
import { joined } from '#test/storage/samples.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const sealer = createSealer([{ id: 't', key: randomBytes(32) }])
const form = `request.note.${randomUUID()}`
const fields = { text: 'Позвонить <b>бабушке</b> 👵', to: ['a', 'b'] }

const somebody = async () => (await joined(db())).id
const save = (staffId: string, key = form, at = now) =>
  db().transaction((tx) => saveDraft(tx, sealer, { staffId, form: key, fields, now: at }))
const read = (staffId: string, at = now, by = sealer) => readDraft(db(), by, { staffId, form, now: at })

test('what was typed comes back to whoever typed it, and to nobody else', async () => {
  const anna = await somebody()
  await save(anna)
  expect(await read(anna)).toEqual({ fields, at: now })
  expect(await read(await somebody())).toBeNull()
  const [row] = await db().prisma.staffDraft.findMany({ where: { staffId: anna } })
  expect(row?.content).not.toContain('бабушке')
})

test('a draft is replaced, and dropped once', async () => {
  const anna = await somebody()
  await save(anna)
  await save(anna, form, after(1000))
  expect(await read(anna)).toMatchObject({ at: after(1000) })
  const drop = () => db().transaction((tx) => dropDraft(tx, { staffId: anna, form }))
  expect([await drop(), await drop()]).toEqual([true, false])
  expect(await read(anna)).toBeNull()
})

test('it is kept for a day, and swept', async () => {
  const anna = await somebody()
  await save(anna)
  expect(await read(anna, after(draftKeptMs))).not.toBeNull()
  expect(await read(anna, after(draftKeptMs + 1))).toBeNull()
  await deleteExpiredData(db(), after(draftKeptMs + 1), createLog('silent'))
  expect(await db().prisma.staffDraft.count({ where: { staffId: anna } })).toBe(0)
})

test('of more than a hundred the oldest goes', async () => {
  const anna = await somebody()
  for (const nth of Array.from({ length: maxDraftsEach + 1 }, (_, index) => index))
    await save(anna, `form.${nth}`, after(nth))
  const left = await db().prisma.staffDraft.findMany({ where: { staffId: anna }, select: { form: true } })
  expect(left).toHaveLength(maxDraftsEach)
  expect(left).not.toContainEqual({ form: 'form.0' })
})

test('words are no key, too much is refused, and a lost data key keeps no form from opening', async () => {
  const anna = await somebody()
  await expect(save(anna, 'Иванова')).rejects.toMatchObject({ code: 'invalid-input', field: 'form' })
  await expect(save(anna, 'f'.repeat(101))).rejects.toMatchObject({ field: 'form' })
  const much = { text: 'ж'.repeat(40_000) }
  await expect(
    db().transaction((tx) => saveDraft(tx, sealer, { staffId: anna, form, fields: much, now })),
  ).rejects.toMatchObject({ code: 'invalid-input', field: 'fields' })
  await save(anna)
  expect(await read(anna, now, createSealer([{ id: 'u', key: randomBytes(32) }]))).toBeNull()
})
