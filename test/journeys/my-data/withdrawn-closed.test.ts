import { expect, test } from 'vitest'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWithRequest, problem, staffIdOf } from '#test/support/submitted.ts'

const story = 'Сын не выходит из комнаты'

test('«Данные больше не используют» is true: nobody reads on what a withdrawn consent was given for', async () => {
  const { world, key, olga, anna, path } = await openWithRequest({ inside: true })
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const requestId = path.replace('/requests/', '')
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  await anna.tap('Взять')
  const card = `/console/requests/${requestId}`
  expect((await intake.get(card)).text).toContain(story)

  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
  ])
  await anna.byHand(`-.card.${requestId}`)
  expect(anna.text()).toMatch(/Согласие отозвано: родитель[\s\S]*уничтожат до четверга, 24 декабря/)
  await anna.byHand(`-.story.${requestId}`)
  expect(anna.text()).not.toContain(story)
  for (const one of [intake, desk])
    for (const page of ['?show=words', '/words']) {
      const { text } = await one.get(`${card}${page}`)
      expect(text).not.toContain(story)
    }
  expect((await desk.get(card)).text).toContain('Согласие отозвано')
  expect(await key.get(`${path}/details`)).toMatchObject(problem('data-blocked', 409))

  // Whoever answers for it may say why they look, and cannot lift what no block has made.
  const { id } = await world.database.prisma.dataRequest.findFirstOrThrow()
  const at = `/console/data-requests/${id}`
  const asked = await desk.get(at)
  expect(asked.text).not.toContain('Снять блокирование')
  const why = { reason: 'Жалоба в прокуратуру', ...stoodOn(asked.text) }
  expect((await desk.send(`${at}/look`, why)).status).toBe(303)
  expect((await desk.get(`${card}?show=words`)).text).toContain(story)

  // The consent is given again: what is asked anew, and what was asked before, is read.
  await submitAsParent(olga)
  expect(await key.get(`${path}/details`)).toMatchObject({ status: 200 })
})
