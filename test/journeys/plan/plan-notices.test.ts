import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { type ActivityBody, activities, anActivity, aPlan, publish, told } from '#test/support/plan.ts'
import type { World } from '#test/support/world.ts'

/** The text of the last document sent by the bot. */
const paperOf = async ({ telegram }: World, chat: Chat): Promise<string> => {
  const document = chat.messages().findLast((message) => message.document)?.document
  const bytes = telegram.file(document?.file_id ?? '')?.bytes ?? []
  return (await extractText(await getDocumentProxy(Uint8Array.from(bytes)), { mergePages: true })).text
}

test('the plan is shown as a picture with text, and as a PDF with no more than the reader may see', async () => {
  const { world, key, path, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  await publish(key, path, aPlan(activities))
  await told(world)
  await olga.play([['/plan', 'plan']])
  expect(olga.card().photo).toBeDefined()
  await olga.tap('Весь план в PDF')
  expect(await paperOf(world, olga)).toMatch(
    /Уровень сопровождения: кризисный[\s\S]*Дома спокойно[\s\S]*Группа для родителей/,
  )
  // The plan is below the paper again, with its picture; whatever is tapped there, help is a tap away.
  olga.sees('plan')
  expect(olga.card().photo).toBeDefined()
  await olga.play([
    ['Срочная помощь', 'crisis'],
    ['/plan', 'plan'],
  ])

  await dasha.play([['/plan', 'plan']])
  await dasha.tap('Весь план в PDF')
  const words = await paperOf(world, dasha)
  expect(words).toMatch(/Поговорить с психологом/)
  expect(words).not.toMatch(/кризисный|Дома спокойно|Группа для родителей/)
})

test('a removal is notified although another version followed, and a minor learns only of their own', async () => {
  const { world, key, path, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const anton = await member('minor', 'Антон')
  const [school, group] = activities as [ActivityBody, ActivityBody]
  const own = (more: Partial<ActivityBody> = {}) =>
    anActivity('own', { audience: 'minors', memberIds: [dasha.memberId], ...more })
  await publish(key, path, aPlan([school, group, own()]))
  await told(world)
  const pushed = async () => world.database.prisma.push.count({ where: { kind: 'plan' } })
  expect(await pushed()).toBe(3)
  await publish(key, path, aPlan([school, group, own({ place: 'Центр' })]))
  await told(world)
  expect(await pushed()).toBe(5)

  // In the night nobody is pushed anything: two versions come before the family is told of either.
  world.clock.forward(13 * 3_600_000)
  await publish(key, path, aPlan([school, own({ place: 'Центр' })]))
  await publish(key, path, aPlan([school, own({ place: 'Центр, каб. 3' })]))
  await olga.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Перенесено: Дело own[\s\S]*Убрано: Группа для родителей/],
  ])
  await dasha.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Перенесено: Дело own/],
  ])
  await anton.play([['/plan', 'plan']])
  expect(anton.allText()).not.toMatch(/Дело own/)
})
