import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { jobStates, makeDue } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('the contact is protected, and deleted after ten minutes', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Контакты')
  const contact = () => anna.messages().find(({ text }) => text?.includes('Имя: Ольга'))
  expect(contact()).toMatchObject({ has_protected_content: true })
  expect(contact()?.text).toMatch(/\+79001112233/)
  expect(contact()?.text).toMatch(/исчезнет через 10 минут/)
  // Nothing else in the chat can be copied from it, for nothing else shows it.
  expect(anna.messages().filter(({ text }) => /Ольга|79001112233/.test(text ?? ''))).toHaveLength(1)

  const [job] = await world.database.prisma.$queryRaw<{ minutes: number }[]>`
    SELECT round(extract(epoch FROM start_after - created_on) / 60)::int AS minutes
    FROM pgboss.job WHERE name = 'delete-message'`
  expect(job?.minutes).toBe(10)
  expect(await makeDue(world.database, 'delete-message')).toBe(1)
  await expect.poll(contact, { timeout: 30_000 }).toBeUndefined()
})

test('a contact that the specialist deleted first causes no error, and its job ends', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Контакты')
  const contact = anna.messages().find(({ text }) => text?.includes('Имя: Ольга'))
  await world.telegram.execute(world.telegram.token, 'deleteMessage', {
    chat_id: anna.id,
    message_id: contact?.message_id,
  })
  await makeDue(world.database, 'delete-message')
  await expect
    .poll(() => jobStates(world.database, 'delete-message'), { timeout: 30_000 })
    .toEqual(['completed'])
})

test('a contact is deleted even after a restart', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Контакты')
  await world.restart()
  await makeDue(world.database, 'delete-message')
  await expect.poll(() => anna.allText(), { timeout: 30_000 }).not.toMatch(/Имя: Ольга/)
})
