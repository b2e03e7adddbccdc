import { expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { createEndpoint } from '#features/webhooks/endpoints.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import { createSealer } from '#storage/seal.ts'
import { parentAnswers } from '#test/support/intake.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWorld, testKeys } from '#test/support/world.ts'

/** A supervisor, a centre system with scripted responses, and a person who gives a consent. */
const open = async (status: number) => {
  const world = await openWorld({ allowLoopback: true })
  const receiver = await openReceiver()
  receiver.answer = (response) => response.writeHead(status).end()
  const now = world.clock.now()
  const url = await checkAddress(receiver.url, { allowLoopback: true })
  const { endpoint } = await world.database.transaction(async (tx) => {
    const { key } = await createKey(tx, { name: 'crm', scopes, territories: [], now })
    const caller = { keyId: key.id, territories: 'all' as const }
    const sealer = createSealer(testKeys)
    return createEndpoint(tx, { sealer }, { caller, url, events: [], territories: [], now })
  })
  const vera = await world.staff('Вера', ['leninsky'], 'supervisor')
  return {
    world,
    vera,
    endpointId: endpoint.id,
    host: new URL(receiver.url).host,
    consent: () => world.person().play(parentAnswers().slice(0, 4)),
  }
}

test('a supervisor is told which system has unsubscribed (410), and whom to contact', async () => {
  const { vera, host, consent } = await open(410)
  await consent()
  await expect.poll(() => vera.allText(), { timeout: 30_000 }).toContain(host)
  expect(vera.allText()).toMatch(/событий больше не ждёт/)
  expect(vera.allText()).toMatch(/Спросите инженера или администратора центра/)
  expect(vera.allText().replaceAll(host, '')).not.toMatch(/пять дней|API|410|webhook/i)
})

test('a supervisor is told which system has failed for five days, and whom to contact', async () => {
  const { world, vera, endpointId, host, consent } = await open(500)
  const { prisma } = world.database
  await consent()
  await expect.poll(() => prisma.webhookAttempt.count()).toBeGreaterThan(0)
  await expect.poll(() => prisma.webhookEndpoint.count({ where: { failingSince: null } })).toBe(0)
  const ago = (days: number) => new Date(world.clock.now().getTime() - days * 24 * 3_600_000)
  await prisma.webhookAttempt.updateMany({ data: { at: ago(1) } })
  await prisma.webhookEndpoint.update({ where: { id: endpointId }, data: { failingSince: ago(6) } })
  await consent()
  await expect.poll(() => vera.allText(), { timeout: 30_000 }).toContain(host)
  expect(vera.allText()).toMatch(/пять дней не принимает события/)
  expect(vera.allText()).toMatch(/Передайте это инженеру или администратору центра/)
  // The port of the host is a random number.
  expect(vera.allText().replaceAll(host, '')).not.toMatch(/больше не ждёт|API|500|webhook/i)
})
