import { expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { createEndpoint } from '#features/webhooks/endpoints.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import { createSealer } from '#storage/seal.ts'
import { parentAnswers, submitAsParent } from '#test/support/intake.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { verifySent } from '#test/support/verify.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const listenTo = async ({ database, clock }: World, url: string): Promise<string> => {
  const now = clock.now()
  const checked = await checkAddress(url, { allowLoopback: true })
  return database.transaction(async (tx) => {
    const { key } = await createKey(tx, { name: 'crm', scopes, territories: [], now })
    const caller = { keyId: key.id, territories: 'all' as const }
    const given = { caller, url: checked, events: [], territories: [], now }
    return (await createEndpoint(tx, { sealer: createSealer(testKeys) }, given)).secret
  })
}

test('the centre’s system receives the events of a family without names or free text', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z', allowLoopback: true })
  const receiver = await openReceiver()
  const secret = await listenTo(world, receiver.url)
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person({ phone: '+79001112233' })
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.play([['Взять', /Взято вами/]])
  await olga.play([
    ['/status', 'status'],
    ['Дописать', 'note'],
    [{ words: 'Теперь ещё и школа звонит.' }, /Дописано/],
    ['/status', 'status'],
    ['Отозвать', 'withdraw'],
    ['Да, отозвать', /Отозвано/],
  ])
  const told = [
    'consent.given',
    'consent.given',
    'consent.given',
    'message.received',
    'request.assigned',
    'request.claimed',
    'request.submitted',
    'request.withdrawn',
  ]
  const types = () => receiver.events().map(({ type }) => type)
  await expect.poll(() => types().sort(), { timeout: 30_000 }).toEqual(told)

  const request = await world.database.prisma.request.findFirstOrThrow()
  const ofRequest = receiver.events().filter(({ data }) => data.requestId === request.id)
  expect(ofRequest.map(({ data }) => data.sequence).sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
  for (const { data } of ofRequest)
    expect(data).toMatchObject({
      number,
      territory: 'leninsky',
      urgency: 'ordinary',
      url: `/api/v1/requests/${request.id}`,
    })
  for (const message of receiver.received) {
    expect(verifySent(secret, message)).toEqual(JSON.parse(message.body))
    expect(JSON.stringify(message)).not.toMatch(/\p{Script=Cyrillic}|9001112233|900 111/u)
  }
  expect(world.lines.join('')).not.toContain(secret)
})

test('a consent withdrawn in between is announced, too', async () => {
  const world = await openWorld({ allowLoopback: true })
  const receiver = await openReceiver()
  await listenTo(world, receiver.url)
  const olga = world.person()
  await olga.play([...parentAnswers().slice(0, 4), ['/cancel', 'cancel'], ['Да, удалить', 'cancelled']])
  await expect
    .poll(() =>
      receiver
        .events()
        .map(({ type, data }) => ({ type, data }))
        .toSorted((a, b) => a.type.localeCompare(b.type)),
    )
    .toEqual([
      { type: 'consent.given', data: { kind: 'personal-data', version: expect.any(String) } },
      { type: 'consent.withdrawn', data: { kind: 'personal-data' } },
    ])
})
