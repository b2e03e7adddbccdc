import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

test('of a withdrawn request whose applicant was erased nothing is asked of staff that they cannot do', async () => {
  const { world, olga, anna, path } = await openWithRequest({ inside: true })
  const requestId = path.replace('/requests/', '')
  const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
  const card = `/console${path}`
  await anna.tap('Взять')
  await olga.play([
    ['/status', 'status'],
    ['Отозвать', /Отозвать/],
    ['Да, отозвать', /отозвано/i],
  ])
  // Before: nobody should write, and whoever comes to the centre can sign.
  expect((await desk.get(card)).text).toContain('Писать и звонить не нужно')
  expect((await desk.get(`${card}/papers`)).status).toBe(200)
  // What is typed below a request that is over is not sent, and no taking of it is promised.
  await anna.byHand(`-.card.${requestId}`)
  await anna.play([[{ words: 'Ольга, как вы?' }, /Это никому не отправлено: обращение закрыто или отозвано/]])

  await olga.play([
    ['/mydata', 'my-data'],
    ['Удалить', 'my-data-erase'],
    ['Удалить всё', /Стёрто|Здравствуйте\. Это бот/],
  ])
  const { text } = await desk.get(card)
  expect(text).toContain('Данные этого человека удалены')
  expect(text).toContain('Отозвано.')
  expect(text).not.toMatch(/Писать и звонить|\/papers"/)
  // What stands in the row instead of what was erased is not said as if it were true.
  expect(text).toMatch(/<dd>ноябрь 2026<\/dd>/)
  expect(text).not.toMatch(/Кто обращается|1 ноября|(?:Заявление|Сообщение) 2026/)
  const list = (await desk.get('/console/requests?view=withdrawn')).text
  expect(list).toMatch(/Подано: ноябрь 2026/)
  expect(list).not.toMatch(/ · родитель|1 ноября/)
  expect((await desk.get(`${card}/papers`)).status).toBe(404)
  expect((await desk.get(`${card}/papers/application`)).status).toBe(404)
  const signed = { kinds: 'personal-data', signedOn: '2026-11-24' }
  expect((await desk.send(`${card}/papers`, signed)).status).toBe(404)
  await anna.byHand(`-.card.${requestId}`)
  expect(anna.text()).toContain('Данные этого человека удалены')
  expect(anna.text()).toContain('Подано: ноябрь 2026')
  expect(anna.text()).not.toMatch(/Писать и звонить|Обращается|1 ноября/)
})
