import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { storedAccount } from '#test/support/accounts.ts'
import type { Chat } from '#test/support/chat.ts'
import { erasing } from '#test/support/erasing.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { newestFile } from '#test/support/my-data.ts'
import { openWorld } from '#test/support/world.ts'

const openWithOlder = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  const person = { account: storedAccount(olga) }
  await erasing(world.database, (tx) =>
    tx.consent.updateMany({
      where: { person, kind: 'personal-data' },
      data: { version: '2026-11-22', textHash: 'b'.repeat(64) },
    }),
  )
  return { world, olga, person, key: await keyOf(world) }
}

const asked = async (chat: Chat) => {
  await chat.say('/menu')
  return chat.buttons(chat.card()).some(({ text }) => text === 'Новое согласие')
}

test('a new version is asked for at the next visit; the old one stands until it is answered', async () => {
  const { world, olga, person } = await openWithOlder()
  expect(await asked(olga)).toBe(true)
  await olga.play([
    ['/menu', /Прежнее действует, пока нет ответа/],
    ['Новое согласие', /Текст согласия обновился/],
    ['Потом', 'home'],
  ])
  // Nothing has changed by «later»: the request is looked into, and the consent stands.
  await olga.play([
    ['Мои данные', 'my-data'],
    ['Мои согласия', /Дано 24 ноября, действует/],
    ['3. Мои данные', /Текста этой версии в центре больше нет/],
  ])
  await olga.play([
    ['/menu', 'home'],
    ['Новое согласие', 'consent-again'],
    ['Даю согласие', /Записано\. Спасибо/],
  ])
  expect(await asked(olga)).toBe(false)
  const given = await world.database.prisma.consent.findMany({
    where: { person, kind: 'personal-data' },
    orderBy: { givenAt: 'asc' },
  })
  expect(given.map(({ version }) => version)).toEqual(['2026-11-22', '2026-11-26'])
})

test('a withdrawn consent is not asked for again, and a stranger is not asked at all', async () => {
  const { world, olga } = await openWithOlder()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
  ])
  expect(await asked(olga)).toBe(false)
  const pavel = world.person({ firstName: 'Павел' })
  await pavel.start()
  expect(await asked(pavel)).toBe(false)
  await pavel.byHand('-.consent-again.')
  expect(pavel.text()).not.toContain('согласия обновился')
})

test('the receipt is a page with the lines that are signed', async () => {
  const { olga } = await openWithOlder()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['2. Просьба о помощи', 'my-consent'],
    ['Квитанция', 'my-consent'],
  ])
  const { name, bytes } = newestFile(olga)
  expect(name).toBe('Квитанция о согласии.pdf')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
})
