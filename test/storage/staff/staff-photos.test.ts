import { expect, test } from 'vitest'
import { deletePhoto, photoOf, savePhoto } from '#storage/staff/staff-photos.ts'
import { setStaffReachable, setStaffUnreachable } from '#storage/staff/staff-reach.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('a photo is kept byte for byte, replaced and deleted', async () => {
  const { id } = await joined(db())
  const save = (hash: string, bytes: Uint8Array) =>
    db().transaction((tx) => savePhoto(tx, id, { now, hash, bytes }))
  await save('a'.repeat(64), Uint8Array.of(255, 0, 216))
  await save('b'.repeat(64), Uint8Array.of(0, 137, 80))
  const photo = await photoOf(db(), id)
  expect([photo?.hash, [...(photo?.bytes ?? [])]]).toEqual(['b'.repeat(64), [0, 137, 80]])
  expect(await db().transaction((tx) => deletePhoto(tx, id))).toBe(true)
  expect(await photoOf(db(), id)).toBeNull()
})

test('staff who cannot be reached are marked once', async () => {
  const { id } = await joined(db())
  const step = (reach: boolean) =>
    db().transaction((tx) => (reach ? setStaffReachable(tx, id) : setStaffUnreachable(tx, id, now)))
  expect([await step(false), await step(false), await step(true), await step(true)]).toEqual([
    true,
    false,
    true,
    false,
  ])
})
