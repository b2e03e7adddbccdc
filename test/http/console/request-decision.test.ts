import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

const revisionIn = (page: string) => /name="revision" value="(\d+)"/.exec(page)?.[1] ?? ''

/** Анна has taken a mother's request; Ирина could be its curator. */
const openTaken = async () => {
  const one = await openWithRequest({ atOnce: true, inside: true })
  const { world } = one
  await world.staff('Ирина', ['leninsky'], 'curator')
  const anna = await atDesk(world, await staffIdOf(world, 'Анна'))
  const card = `/console${one.path}`
  await anna.send(`${card}/claim`)
  return { ...one, anna, card, irina: await staffIdOf(world, 'Ирина') }
}

test('a family is accepted: signs propose a level, another one needs a word, and what is read is seen before', async () => {
  const { anna, card, irina, olga, world } = await openTaken()
  const { prisma } = world.database
  expect((await anna.get(`${card}/decide`)).text).toContain('Берём на сопровождение')
  const form = await anna.get(`${card}/decide?outcome=support-agreed`)
  const [sign = ''] = [...form.text.matchAll(/name="sign" value="([\w-]+)"/g)]
    .map(([, code]) => code)
    .slice(-1)
  const first = {
    revision: revisionIn(form.text),
    outcome: 'support-agreed',
    sign,
    reason: '<b>Вместе</b> легче',
  }
  const asked = await anna.send(`${card}/decide/check`, first)
  for (const text of [
    'уровень: выберите его',
    'куратор: выберите его',
    'По признакам предлагается',
    '&lt;b&gt;Вместе&lt;/b&gt;',
  ])
    expect(asked.text).toContain(text)
  const other = { ...first, level: 'basic', curator: irina }
  expect((await anna.send(`${card}/decide/check`, other)).text).toContain('почему уровень другой')
  const given = { ...other, levelReason: 'Бабушка рядом' }
  const confirm = await anna.send(`${card}/decide/check`, given)
  for (const text of ['Семья прочитает', 'Центр будет вам помогать', 'Ирина', 'Вернуть назад нельзя'])
    expect(confirm.text).toContain(text)
  expect(await prisma.family.count()).toBe(0)
  expect((await anna.send(`${card}/decide`, given)).text).toContain('Бабушка рядом')
  const done = await anna.send(`${card}/decide/done`, given)
  expect(done.headers.get('location')).toBe(`${card}?done=accepted`)
  expect(await prisma.family.findFirstOrThrow()).toMatchObject({ curatorId: irina, level: 'basic' })
  expect(await prisma.levelDecision.count()).toBe(1)
  await expect.poll(() => olga.allText()).toContain('У вас новое сообщение')
  const closed = await anna.get(`${card}?show=words`)
  expect(closed.text).toContain('/console/families/')
  expect(closed.text).toContain('Сын не выходит из комнаты')
})

test('a refusal needs its words, ready ones count, and a decision on an earlier state is not made', async () => {
  const { anna, card, world, key, path } = await openTaken()
  const form = await anna.get(`${card}/decide?outcome=refused`)
  const given = { revision: revisionIn(form.text), outcome: 'refused' }
  const missing = await anna.send(`${card}/decide/check`, given)
  expect(missing.text).toContain('Не хватает')
  const long = { ...given, reason: 'я'.repeat(601), insteadReady: 'advice' }
  const tooLong = await anna.send(`${card}/decide/check`, long)
  expect(tooLong.text).toContain('до 600 знаков')
  expect(tooLong.text).toContain('я'.repeat(601))
  const whole = { ...given, reasonReady: 'ordinary', insteadReady: 'advice' }
  expect((await anna.send(`${card}/decide/check`, whole)).text).toContain('Консультация специалиста центра')
  expect((await key.post(`${path}/notes`, { text: 'Позвонили из школы' })).status).toBeLessThan(300)
  const stale = await anna.send(`${card}/decide/done`, whole)
  expect(stale).toMatchObject({ status: 409, text: expect.stringContaining('Пока страница была открыта') })
  expect(await world.database.prisma.request.findFirstOrThrow()).toMatchObject({ status: 'claimed' })
  const anew = { ...whole, revision: revisionIn(stale.text) }
  expect((await anna.send(`${card}/decide/done`, anew)).headers.get('location')).toBe(`${card}?done=closed`)
  expect((await anna.send(`${card}/decide/done`, anew)).status).toBe(409)
  expect((await anna.get('/console/requests?view=closed')).text).toContain('закрыто: отказ')
})
