import { expect, test } from 'vitest'
import { erasing } from '#test/support/erasing.ts'
import { openWithFamily } from '#test/support/family.ts'
import { dataScreensOf, stableCopyOf } from '#test/support/my-data.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('whatever a minor signs and the case says, a parent reads the same, and nobody but staff reads the registry', async () => {
  const { key, curator, path, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const before = [await dataScreensOf(olga), await stableCopyOf(olga)]
  const messages = olga.messages().length

  expect(await key.post(`${path}/needs`, { kind: 'circumstance', code: 'suicide-risk' })).toMatchObject({
    status: 201,
  })
  const signed = { memberId: dasha.memberId, kinds: ['special-categories'], signedOn: '2026-11-25' }
  const scan = Buffer.from('%PDF-1.7 signed').toString('base64')
  expect(await key.post(`${path}/consents`, { ...signed, scan })).toMatchObject({
    status: 201,
    body: { added: 1 },
  })
  expect(await key.post(`${path}/consents`, signed)).toMatchObject({ status: 201, body: { added: 0 } })
  expect(await key.get(`${path}/consents`)).toMatchObject({
    body: { missing: { signature: [] } },
  })
  const found = (await key.get(`${path}/consents`)).body as {
    members: { memberId: string; consents: object[] }[]
  }
  expect(found.members.find(({ memberId }) => memberId === dasha.memberId)?.consents.at(-1)).toMatchObject({
    ...{ kind: 'special-categories', how: 'paper', signedOn: '2026-11-25', scanned: true },
  })

  expect(olga.messages().slice(messages)).toEqual([])
  expect([await dataScreensOf(olga), await stableCopyOf(olga)]).toEqual(before)
  for (const chat of [olga, dasha]) {
    await chat.byHand(`-.f-card.${familyId}`)
    expect(chat.text()).not.toContain('подпись')
  }
  expect(await stableCopyOf(dasha)).toContain('special-categories')
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text()).not.toContain('Нужна подпись')
})

test('refused through the API: days that cannot be, somebody of another family, a minor who signs for others', async () => {
  const { key, path, member, another } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const signed = { memberId: olga.memberId, kinds: ['personal-data'], signedOn: '2026-11-25' }
  const add = (body: object, at = path) => key.post(`${at}/consents`, { ...signed, ...body })
  for (const [body, status] of [
    [{ signedOn: '2026-11-26' }, 422],
    [{ signedOn: '2001-01-01' }, 422],
    [{ memberId: dasha.memberId, forMembers: [dasha.memberId] }, 422],
    [{ forMembers: [olga.memberId] }, 422],
    [{ scan: Buffer.from('words').toString('base64') }, 422],
    [{ kinds: [] }, 422],
  ] as const)
    expect((await add(body)).status, JSON.stringify(body)).toBe(status)
  expect((await add({}, await another())).status).toBe(404)
  const check = { memberId: dasha.memberId, paper: 'guardianship', seenOn: '2026-11-25' }
  expect((await key.post(`${path}/representative-checks`, check)).status).toBe(422)
  expect(
    (await key.post(`${path}/representative-checks`, { ...check, memberId: olga.memberId })).status,
  ).toBe(204)
})

test('staff see who has not answered a new wording, and until when; the answer takes it off the card', async () => {
  const { world, curator, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const card = async () => {
    await curator.byHand(`-.f-card.${familyId}`)
    return curator.text()
  }
  expect(await card()).not.toContain('Новый текст согласия')
  await erasing(world.database, (tx) =>
    tx.consent.updateMany({
      where: { person: { account: storedAccount(olga) }, kind: 'personal-data' },
      data: { version: '2026-11-22', textHash: 'b'.repeat(64) },
    }),
  )
  // Thirty days from Wednesday, 25 November, when this centre first had the wording.
  expect(await card()).toMatch(/Новый текст согласия ждёт ответа: [^,]+, до 25 декабря/)
  world.clock.set('2026-12-28T07:00:00Z')
  expect(await card()).toMatch(/ждёт ответа: [^,]+\. Срок прошёл/)
  await olga.play([
    ['/menu', 'home'],
    ['Новое согласие', 'consent-again'],
    ['Даю согласие', /Записано\. Спасибо/],
  ])
  expect(await card()).not.toContain('Новый текст согласия')
})
