import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { erasing } from '#test/support/erasing.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'

test('a new text of the consent: a supervisor sees how many have not answered, who by number and role, and until when', async () => {
  const { world, key, path, familyId, member } = await openWithFamily({ inside: true })
  const { prisma } = world.database
  const olga = await member('parent', 'Ольга')
  await member('minor', 'Даша')
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Игорь' })
  const igor = (added.body as { member: { id: string } }).member.id
  const curator = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const signed = { member: igor, kinds: 'personal-data', signedOn: '2026-11-24' }
  await curator.send(`/console/families/${familyId}/consents`, signed)
  await world.staff('Анна', ['leninsky'])
  await submitAsParent(world.person({ firstName: 'Вера' }))
  await world.staff('Павел', ['oktyabrsky'], 'supervisor')
  const [desk, foreign] = [
    await atDesk(world, await staffIdOf(world, 'Елена')),
    await atDesk(world, await staffIdOf(world, 'Павел')),
  ]
  const list = '/console/unanswered-consents'
  expect((await desk.get('/console')).text).not.toContain('id="unanswered"')
  expect((await desk.get(list)).text).toContain('Ответили все')

  await erasing(world.database, (tx) =>
    tx.consent.updateMany({ where: { kind: 'personal-data' }, data: { version: '2026-11-20' } }),
  )
  expect((await desk.get('/console')).text).toMatch(
    /id="unanswered"[\s\S]*href="\/console\/unanswered-consents"><b>4<\/b> ещё не ответили[\s\S]*Спросить до 25 декабря/,
  )
  const all = (await desk.get(list)).text
  const theirs = await foreign.get('/console')
  expect(theirs.text).toContain('Мой день')
  expect(theirs.text).not.toContain('id="unanswered"')
  expect((await curator.get(list)).status).toBe(404)
  const { number } = await prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  const request = await prisma.request.findFirstOrThrow()
  expect(all.match(new RegExp(`Семья № ${number}</a> · родитель`, 'g'))).toHaveLength(2)
  expect(all).toMatch(new RegExp(`Семья № ${number}</a> · подросток`))
  expect(all).toContain(`${request.number}</a> · родитель`)
  expect(all).not.toMatch(/Ольга|Даша|Игорь|Вера/)
  const [, card = ''] = /href="(\/console\/families\/[^"]+)"/.exec(all) ?? []
  expect((await desk.get(card)).text).toContain('Новый текст согласия')

  await olga.play([
    ['/menu', /Прежнее действует, пока нет ответа/],
    ['Новое согласие', 'consent-again'],
    ['Даю согласие', /Записано/],
  ])
  expect((await desk.get('/console')).text).toContain('<b>3</b> ещё не ответили')
  // Who signed the sheet of the new text has answered, too.
  await curator.send(`/console/families/${familyId}/consents`, { ...signed, signedOn: '2026-11-25' })
  expect((await desk.get(list)).text.match(/· родитель/g)).toHaveLength(1)

  world.clock.forward(31 * 24 * 60 * 60_000)
  const later = await atDesk(world, await staffIdOf(world, 'Елена'))
  expect((await later.get(list)).text).toContain('срок прошёл')
})
