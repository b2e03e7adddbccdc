import { expect, test } from 'vitest'
import { concludeSafetyCheck } from '#features/requests/safety-check.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Chat } from '#test/support/chat.ts'
import { letter, of } from '#test/support/desk.ts'
import { openOffice } from '#test/support/office.ts'
import { openWithRequest } from '#test/support/submitted.ts'

const told = {
  ...letter,
  ...{
    source: 'phone',
    applicant: 'other-person',
    about: 'Семья с ул. Мира, 5',
    urgent: { reason: 'Бьёт детей' },
  },
  contact: { name: 'Соседка Анна', phone: '+79281112244', address: 'ул. Мира, 5, кв. 7' },
}

const shows = (chat: Chat): string =>
  `${chat.text()} | ${chat
    .buttons(chat.card())
    .map(({ text }) => text)
    .join(', ')}`

/** All that whoever asked sees from the merge on, until they have withdrawn and said something more. */
const openTold = async (merged: boolean, { erased = false } = {}) => {
  const { world, key, path, anna, olga: father, number } = await openWithRequest()
  await anna.tap('Взять')
  await father.byHand('-.status.')
  const id = path.slice('/requests/'.length)
  const report = await key.post('/requests', told)
  expect(report).toMatchObject({ status: 201 })
  if (merged)
    expect(await key.post(`${path}/merge`, { duplicateId: of(report).id })).toMatchObject({
      body: { urgent: true },
    })
  // As the erasure of whoever told leaves it.
  if (erased)
    await world.database.prisma.request.update({
      where: { id: of(report).id },
      data: { urgent: false, applicant: 'parent' },
    })
  const seen: string[] = []
  const see = () => seen.push(shows(father))
  for (const door of ['status', 'together', 'my-data-erase']) {
    await father.byHand(`-.${door}.`)
    see()
  }
  await father.say('Сын опять не пошёл в школу.')
  see()
  const consent = await world.database.prisma.consent.findFirstOrThrow({ where: { kind: 'personal-data' } })
  await father.byHand(`-.my-consent.${consent.id}`)
  await father.tap('Отозвать согласие')
  see()
  await father.play([['/status', 'status']])
  see()
  await father.tap('Отозвать')
  see()
  await father.tap('Да, отозвать')
  see()
  await father.byHand('-.talk.')
  see()
  await father.say('Мы справимся сами.')
  see()
  await father.play([['/status', 'status']])
  see()
  return { world, anna, father, id, number, seen }
}

test('a report that was merged into a request changes nothing of what its applicant sees, nor whether staff check', async () => {
  const without = await openTold(false)
  const { world, anna, father, id, number, seen } = await openTold(true)
  expect(seen).toEqual(without.seen)
  expect(seen.join()).toContain('Вместе с ребёнком')
  expect(seen.join()).not.toMatch(/все ли в безопасности|что все в безопасности/)

  // The danger is real: staff check, and what is stored is not gone with one tap meanwhile.
  const row = () => world.database.prisma.request.findUniqueOrThrow({ where: { id } })
  expect(await row()).toMatchObject({ status: 'withdrawn', safetyCheck: 'open' })
  await expect.poll(() => anna.allText()).toContain(`Обращение ${number} отозвано. Проверьте`)
  // Words of danger reach whoever checks.
  await father.say('Помогите, он бьёт меня')
  expect(
    await world.database.prisma.requestEvent.count({ where: { requestId: id, kind: 'note' } }),
  ).toBeGreaterThan(0)
  await father.byHand('-.my-data-erase.')
  expect(father.text()).toContain('кнопку мог нажать кто-то другой')
  expect(father.text()).not.toContain(number)

  const office = await openOffice(world)
  await office.does(async (tx, deps) => {
    const request = await findRequest(tx, id)
    if (!request) throw new Error('gone')
    await concludeSafetyCheck(tx, deps, { request, outcome: 'safe', by: {}, now: world.clock.now() })
  })
  await without.father.byHand('-.my-data-erase.')
  await father.byHand('-.my-data-erase.')
  expect(shows(father)).toBe(shows(without.father))
})

test('nor does it once whoever told it was erased', async () => {
  const without = await openTold(false)
  expect((await openTold(true, { erased: true })).seen).toEqual(without.seen)
})

test('what the applicant says themselves counts for them as if nothing had been merged', async () => {
  const afterOwnWords = async (merged: boolean) => {
    const { key, path, anna, olga } = await openWithRequest()
    await anna.tap('Взять')
    const report = await key.post('/requests', told)
    if (merged) await key.post(`${path}/merge`, { duplicateId: of(report).id })
    await olga.byHand('-.status.')
    await olga.say('Муж бьёт детей, помогите')
    const seen = [shows(olga)]
    for (const door of ['status', 'together']) {
      await olga.byHand(`-.${door}.`)
      seen.push(shows(olga))
    }
    return seen
  }
  const without = await afterOwnWords(false)
  expect(await afterOwnWords(true)).toEqual(without)
  expect(without.join()).toContain('112')
  expect(without.join()).not.toContain('Вместе с ребёнком')
})
