import { expect } from 'vitest'
import { type ApiClient, keyOf } from './api.ts'
import { atDesk } from './console.ts'
import { letter, of } from './desk.ts'
import { openOffice } from './office.ts'
import { jpegOf } from './pictures.ts'
import { staffIdOf } from './submitted.ts'
import { openWorld, type World } from './world.ts'

/** Staff have spoken with whoever holds a member's new account. */
export const confirmAccount = async (key: ApiClient, path: string, memberId: string): Promise<void> => {
  const decided = await key.post(`${path}/members/${memberId}/account`, {
    decision: 'confirmed',
    how: 'voice',
  })
  expect(decided.status).toBeLessThan(300)
}

/** A one-time link of a member. */
export const linkFor = async (key: ApiClient, path: string, memberId: string): Promise<string> => {
  const made = await key.post(`${path}/members/${memberId}/link`, {})
  expect(made.status).toBe(201)
  return (made.body as { link: string }).link
}

/** Пётр wrote a letter, signed two papers at the desk, and his family is supported; he has no account yet. */
export const openSigned = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  await world.staff('Анна', ['leninsky'])
  await world.staff('Ирина', ['leninsky'], 'curator')
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const key = await keyOf(world)
  const contact = { ...letter.contact, safeToCall: 'yes' }
  const request = of(await key.post('/requests', { ...letter, contact }))
  const at = `/console/requests/${request.id}/papers`
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  const signed = { signedOn: '2026-11-23', kinds: 'personal-data' }
  expect((await intake.sendFile(at, 'scan', jpegOf(200, 300), signed)).status).toBe(303)
  expect((await intake.send(at, { ...signed, kinds: 'support-request' })).status).toBe(303)
  await key.post(`/requests/${request.id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const outcome = { to: 'closed', outcome: 'support-agreed', curatorId: await staffIdOf(world, 'Ирина') }
  const { familyId } = (await key.post(`/requests/${request.id}/transition`, outcome)).body as {
    familyId: string
  }
  const path = `/families/${familyId}`
  const { members } = (await key.get(`${path}/details`)).body as { members: { id: string }[] }
  const memberId = members[0]?.id ?? ''
  const curator = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const supervisor = await atDesk(world, await staffIdOf(world, 'Елена'))
  return { world, key, request, path, familyId, memberId, curator, supervisor }
}

/** So many days later what is due is destroyed. */
export const eraseDue = async (world: World, days: number): Promise<void> => {
  world.clock.forward(days * 24 * 60 * 60_000)
  const office = await openOffice(world)
  await office.does((tx, { enqueue }) => enqueue(tx, 'due-erasures', {}))
}
