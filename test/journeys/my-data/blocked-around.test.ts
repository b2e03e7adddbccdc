import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { letter, of } from '#test/support/desk.ts'
import { openWithFamily } from '#test/support/family.ts'
import { jpegOf } from '#test/support/pictures.ts'
import { read, sheetOf } from '#test/support/registers.ts'
import { problem, staffIdOf } from '#test/support/submitted.ts'
import { planVisit, told } from '#test/support/visits.ts'
import { openWorld } from '#test/support/world.ts'

const asked = { kind: 'correction', source: 'letter', receivedOn: '2026-11-24', asker: 'self' }

test('a blocked member’s name is in no list, register, paper or push, and no ready answer calls them by a sign', async () => {
  const family = await openWithFamily({ inside: true })
  const { world, key, familyId, curator } = family
  const olga = await family.member('parent', 'Ольга')
  const misha = await family.member('minor', 'Миша')
  const visit = await planVisit(family)
  await told(olga, /визит|придёт/i)
  await olga.say('/visits')
  const reader = await keyOf(world)
  const desk = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const supervisor = await atDesk(world, await staffIdOf(world, 'Елена'))
  const listed = async () => [
    (await desk.get('/console/families')).text,
    (await desk.get(`/console/families/${familyId}/consents`)).text,
    (await desk.get(`/console/visits/${visit.id}`)).text,
    (await desk.get(`/console/families/${familyId}/members/${olga.memberId}/replies`)).text,
    JSON.stringify(await read(reader, 'families')),
    JSON.stringify(await sheetOf(world, reader, 'families')),
  ]
  const before = await listed()
  expect(before.filter((text) => text.includes('Ольга')).length).toBeGreaterThan(3)

  const at = `/data-requests/${of(await key.post('/data-requests', { ...asked, memberId: olga.memberId })).id}`
  expect(await key.call('PUT', `${at}/restriction`)).toMatchObject({ status: 200 })
  const after = await listed()
  for (const text of after) expect(text).not.toContain('Ольга')
  // The ready answers say nobody's name: the sign would go out to her.
  expect(before[3]?.match(/Ольга/g)?.length).toBeGreaterThan(3)
  expect(after[3]?.match(/данные заблокированы/gi)?.length).toBe(1)
  await curator.say('/families')
  expect(curator.text()).not.toContain('Ольга')
  // Of the others nothing is closed.
  expect((await desk.get('/console/families')).text).toContain('Миша')

  // What staff and other systems are told of a message holds no word of it, blocked or not.
  const seen = (await reader.get('/events?limit=100')).body
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Метка: обычные слова' }, /./],
  ])
  await told(curator, /сообщение|написал/i)
  expect(curator.allText()).not.toContain('Метка: обычные слова')
  const events = JSON.stringify([seen, (await reader.get('/events?limit=100')).body])
  expect(events).toContain(olga.memberId)
  expect(events).not.toMatch(/Метка|Ольга|\+7\d{10}/)

  // A reason opens the names for whoever gave it, and for nobody else.
  const stood = stoodOn((await supervisor.get(`/console${at}`)).text)
  const why = { reason: 'Проверить по письму', ...stood }
  expect((await supervisor.send(`/console${at}/look`, why)).status).toBe(303)
  expect((await supervisor.get(`/console/families/${familyId}/consents`)).text).toContain('Ольга')
  expect((await desk.get(`/console/families/${familyId}/consents`)).text).not.toContain('Ольга')
  await misha.say('/menu')
})

test('what a blocked applicant told is not printed, their scan is closed, and merged words stay closed with them', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  await world.staff('Анна', ['leninsky'])
  const key = await keyOf(world)
  const first = of(await key.post('/requests', letter))
  const words = 'Метка: рассказ соседки'
  const second = of(
    await key.post('/requests', { ...letter, words, contact: { ...letter.contact, name: 'Вера' } }),
  )
  const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
  await key.post(`/requests/${first.id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  await key.post(`/requests/${second.id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const papers = `/console/requests/${second.id}/papers`
  const signed = { kinds: 'personal-data', signedOn: '2026-11-23' }
  expect((await desk.sendFile(papers, 'scan', jpegOf(200, 300), signed)).status).toBe(303)
  const [, scan = ''] = /href="([^"]+\/scans\/[^"]+)"/.exec((await desk.get(papers)).text) ?? []
  expect((await desk.get(scan)).status).toBe(200)
  expect((await desk.get(`${papers}/application`)).status).toBe(200)

  const at = `/data-requests/${of(await key.post('/data-requests', { ...asked, requestId: second.id })).id}`
  await key.call('PUT', `${at}/restriction`)
  expect((await desk.get(scan)).status).toBe(404)
  expect((await desk.get(`${papers}/application`)).status).toBe(404)
  expect((await desk.get(`${papers}/personal-data`)).status).toBe(404)

  expect(await key.post(`/requests/${first.id}/merge`, { duplicateId: second.id })).toMatchObject({
    status: 200,
  })
  const card = async () => [
    (await desk.get(`/console/requests/${first.id}?show=words`)).text,
    (await desk.get(`/console/requests/${first.id}/words`)).text,
    (await desk.get(`/console/requests/${first.id}/contact`)).text,
  ]
  for (const text of await card()) expect(text).not.toMatch(/Метка: рассказ|Вера/)
  expect((await card()).join()).toContain(letter.words)
  expect(await key.get(`/requests/${second.id}/details`)).toMatchObject(problem('data-blocked', 409))
  await key.post(`${at}/answer`, { outcome: 'done', answer: 'Исправлено' })
  expect((await card()).join()).toMatch(/Метка: рассказ[\s\S]*Вера/)
})
