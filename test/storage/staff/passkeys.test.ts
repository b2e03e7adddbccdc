import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { deletePasskey, insertPasskey, passkeysOf } from '#storage/console/ways-in.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

const member = async (name: string): Promise<string> =>
  (await db().prisma.staffMember.create({ data: { name, role: 'intake', territories: ['leninsky'] } })).id

test('a member deletes a passkey of their own, and nobody else’s', async () => {
  const [anna, boris] = [await member('Анна'), await member('Борис')]
  const key = { staffId: anna, credential: randomUUID(), publicKey: new Uint8Array([1]), counter: 0n }
  const insert = () => db().transaction((tx) => insertPasskey(tx, { ...key, name: 'Ключ', createdAt: now }))
  expect([await insert(), await insert()]).toEqual([true, false])
  const [{ id } = { id: '' }] = await passkeysOf(db(), anna)
  const remove = (staffId: string) => db().transaction((tx) => deletePasskey(tx, { id, staffId }))
  expect(await remove(boris)).toBe(false)
  expect(await passkeysOf(db(), anna)).toHaveLength(1)
  expect([await remove(anna), await remove(anna)]).toEqual([true, false])
  expect(await passkeysOf(db(), anna)).toEqual([])
})
