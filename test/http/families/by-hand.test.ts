import { expect, test } from 'vitest'
import { openDesk } from '#test/support/desk.ts'
import { missing, problem, staffIdOf } from '#test/support/submitted.ts'

test('a family without Telegram: members, phones and addresses by hand, corrected, and shown to whoever has to act', async () => {
  const { world, key } = await openDesk()
  const ira = await world.staff('Ира', ['leninsky'], 'curator')
  const curatorId = await staffIdOf(world, 'Ира')
  const members = [
    { role: 'parent', name: 'Зоя Ильина', phone: '+79280000001', address: 'с. Дивное, ул. Степная, 2' },
    { role: 'minor', name: 'Миша' },
  ]
  const made = await key.post('/families', { territory: 'leninsky', curatorId, members })
  expect(made).toMatchObject({
    status: 201,
    body: { members: [{ role: 'parent', joinedAt: null }, { role: 'minor' }] },
  })
  const family = made.body as { id: string; number: number; revision: number; members: { id: string }[] }
  const path = `/families/${family.id}`
  const zoya = `${path}/members/${family.members[0]?.id}`
  const change = { phone: '+79280000002', address: null, reason: 'Сменила номер, переехали' }
  expect(await key.patch(zoya, change, { 'if-match': '"9"' })).toMatchObject(problem('stale', 412))
  expect(await key.patch(zoya, change, { 'if-match': `"${family.revision}"` })).toMatchObject({ status: 200 })
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    members: [
      {
        name: 'Зоя Ильина',
        phone: '+79280000002',
        corrections: [{ fields: ['phone', 'address'], before: { phone: '+79280000001' } }],
      },
      { name: 'Миша', corrections: [] },
    ],
  })
  await ira.byHand('-.f-list.')
  await ira.play([
    [`Семья № ${family.number} · Зоя Ильина`, 'family-case'],
    ['Связаться', /./],
  ])
  await expect.poll(() => ira.allText()).toMatch(/Зоя Ильина\n\+79280000002/)
  const { prisma } = world.database
  expect(JSON.stringify(await prisma.familyMember.findMany())).not.toMatch(/Зоя|9280000|Степная/)
  expect(await prisma.auditEntry.count({ where: { action: 'family.corrected' } })).toBe(1)
  expect(await key.patch(`${path}/members/${missing}`, change)).toMatchObject(problem('not-found', 404))
})
