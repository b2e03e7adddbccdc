import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openOffice } from '#test/support/office.ts'
import { tapsOf } from '#test/support/taps.ts'
import { timePasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

const night = '2026-11-24T20:00:00Z'

const open = async () => {
  const world = await openWorld({ at: night })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const irina = await world.staff('Ирина', ['leninsky'], 'curator')
  return { world, office, anna, elena, irina }
}

const where = 'Соседка с Ленина 5, кв. 12: Маша, 7 лет, Ленинский район'
const what = 'Метка: отчим бьёт мать, ребёнок кричит'

test('an urgent call in three questions: a card at once, at any hour, and nothing is sent to whoever called', async () => {
  const { world, office, anna, irina } = await open()
  const taps = await tapsOf(irina, [
    ['/menu', 'home'],
    ['Записать срочный звонок', /1 из 3/],
    [{ words: where }, /2 из 3/],
    // Whoever looks into the menu meanwhile does not lose it.
    ['/menu', /Начатый звонок не передан/],
    ['Вернуться к звонку', /2 из 3/],
    [{ words: what }, /3 из 3/],
    [{ words: 'не знаю какой' }, /не разобрать/],
    [{ words: '8 928 111 22 33' }, /Передать как срочное[\s\S]*\+79281112233/],
    ['‹ Назад', /3 из 3/],
    [{ words: '8 928 111 22 33' }, /Передать как срочное/],
    ['Передать сейчас', /передано как срочное[\s\S]*112/],
  ])
  expect(taps - 1).toBeLessThanOrEqual(5)
  expect(irina.text()).not.toMatch(/не передан/)
  await expect.poll(() => anna.text()).toMatch(/Срочно: кому-то может быть опасно/)
  expect(anna.text()).toMatch(/срочный звонок; из слов: насилие/)
  expect(anna.text()).toMatch(/Источник: звонок/)
  expect(anna.text()).not.toMatch(/Метка|младше десяти/)
  const request = await world.database.prisma.request.findFirstOrThrow({ include: { person: true } })
  expect(request).toMatchObject({
    source: 'phone',
    urgent: true,
    territory: 'leninsky',
    ground: '152-fz-6-1-6',
  })
  expect(JSON.stringify(request)).not.toMatch(/Метка|9281112233|Ленина/)

  await anna.tap('Взять')
  expect(anna.buttons(anna.card()).map(({ text }) => text)).not.toContain('Написать в ответ')
  await anna.play([
    ['Ответы', /Соседка с Ленина 5/],
    ['Своими словами', /Метка: отчим/],
    ['Ответы', /Соседка/],
    ['Контакты', /./],
  ])
  expect(anna.allText()).toMatch(/Телефон: \+79281112233/)
  await anna.byHand(`-.card.${request.id}`)
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['экстренный', /Кто будет куратором/],
    ['Ирина', /в боте этого никто не прочитает/],
    ['Принять семью', /Принято: семья/],
  ])
  expect(await world.database.prisma.familyMember.count()).toBe(0)
  for (const at of ['2026-11-25T15:01:00Z', '2026-11-27T15:01:00Z']) await timePasses(world, office, at)
  expect(world.telegram.refused).toEqual([])
})

test('a child who calls is a teenager’s request: the parents are not to be spoken with', async () => {
  const { world, anna } = await open()
  await anna.play([
    ['/call', /1 из 3/],
    [{ words: 'Даша, где-то на вокзале' }, /2 из 3/],
    [{ words: 'Ушла из дома, боится вернуться' }, /3 из 3/],
    ['Номера нет', /Телефон: нет/],
    ['Звонит сам ребёнок', /с родителями не говорить/],
    // Her own card of it may have come already.
    ['Передать сейчас', /передано как срочное|Источник: звонок/],
  ])
  const card = () => anna.messages().findLast(({ text }) => /Обращается: подросток/.test(text ?? ''))
  await expect.poll(card).toBeDefined()
  expect(card()?.text).not.toMatch(/младше десяти нажал/)
  await anna.tap('Взять', card())
  await anna.tap('Контакты', card())
  expect(anna.allText()).toMatch(/С родителями не говорить: небезопасно/)
  expect(await world.database.prisma.request.findFirstOrThrow()).toMatchObject({
    applicant: 'minor',
    representativeConsent: 'unsafe',
  })
})

test('nobody is told that words to a caller arrived, and the hour of the answer is not kept by them', async () => {
  const { world, anna } = await open()
  await anna.play([
    ['/call', /1 из 3/],
    [{ words: where }, /2 из 3/],
    [{ words: what }, /3 из 3/],
    ['Номера нет', /Передать как срочное/],
    ['Передать сейчас', /./],
  ])
  const { prisma } = world.database
  const { id } = await prisma.request.findFirstOrThrow()
  await expect.poll(() => anna.allText()).toMatch(/Источник: звонок/)
  await anna.byHand(`-.take.${id}`)
  await anna.byHand(`-.card.${id}`)
  await anna.play([[{ words: 'Мы уже едем' }, /никто не прочитает/]])
  await anna.byHand(`-.write.${id}`)
  expect(anna.text()).toMatch(/никто не прочитает/)
  const key = await keyOf(world)
  expect(await key.post(`/requests/${id}/messages`, { text: 'Мы уже едем' })).toMatchObject({ status: 409 })
  expect(await prisma.requestEvent.count({ where: { requestId: id, kind: 'answer' } })).toBe(0)
})

test('nobody but staff writes down calls; one that is not passed on leaves nothing', async () => {
  const { world, anna } = await open()
  const olga = world.person()
  await olga.start()
  await olga.byHand('-.phone-call.')
  expect(olga.text()).not.toMatch(/1 из 3/)
  await anna.play([
    ['/call', /1 из 3/],
    [{ words: where }, /2 из 3/],
    [{ words: what }, /3 из 3/],
    ['Номера нет', /Передать как срочное/],
    ['Не передавать', 'home'],
  ])
  expect(await world.database.prisma.request.count()).toBe(0)
})
