import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { inviteTo, invited, openSurveyDesk } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const labelsOf = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const pushes = (chat: Chat) => chat.allText().match(new RegExp(invited, 'g'))?.length ?? 0

test('«later» means tomorrow at the same hour, with the date shown; a repeated tap changes nothing, and it can be opened earlier', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  const push = olga.card()
  await olga.play([['Позже', /Опрос придёт снова в четверг, 26 ноября, в 10:00/]])
  expect(olga.buttons(olga.messages().find(({ message_id: id }) => id === push.message_id) ?? push)).toEqual(
    [],
  )
  await olga.byHand(`-.survey-later.${await idOf(family)}`, push.message_id)
  expect(olga.text()).toMatch(/в четверг, 26 ноября, в 10:00/)

  await desk.looks('2026-11-25T20:00:00Z')
  expect(pushes(olga)).toBe(1)
  await desk.looks('2026-11-26T07:00:30Z')
  await expect.poll(() => pushes(olga), { timeout: 30_000 }).toBe(2)
  await desk.looks('2026-11-26T07:02:00Z')
  expect(pushes(olga)).toBe(2)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Позже', /в пятницу, 27 ноября, в 10:02/],
    ['Ответить сейчас', 'survey'],
    ['Начать', /вопрос 1 из 4/],
  ])
})

test('one reminder is sent, and members without pushes are told that none will come', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await desk.looks('2026-11-28T07:01:00Z')
  await told(olga, /Короткий опрос ещё ждёт/)
  await desk.looks('2026-12-02T07:01:00Z')
  expect(olga.allText().match(/Короткий опрос ещё ждёт/g)).toHaveLength(1)
  await olga.play([
    ['/settings', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Никаких', 'settings'],
    ['Меню', 'home'],
    ['Опрос · 1 минута', 'survey'],
    ['Позже', /напоминания не будет. Ответить можно до среды, 9 декабря/],
  ])
})

test('surveys can be turned off, with instructions to turn them on, and turned on again', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([['Не присылать', /Опросы больше не придут[\s\S]*«Настройки», потом «Присылать опросы»/]])
  expect(await desk.statuses()).toEqual(['declined'])
  // Weeks later: due invitations are dropped.
  await desk.looks('2026-12-16T08:00:00Z')
  await desk.invite()
  await desk.looks()
  expect(await desk.statuses()).toEqual(['declined', 'dropped'])
  expect(pushes(olga)).toBe(1)

  await olga.play([
    ['/start', 'home'],
    ['Настройки', /Опросы о помощи не приходят/],
    ['Присылать опросы', /Опросы о помощи: приходят не чаще раза в неделю/],
  ])
  await desk.looks('2026-12-17T08:00:00Z')
  await desk.invite()
  await desk.looks()
  await expect.poll(() => pushes(olga), { timeout: 30_000 }).toBe(2)
  // The declined one stays closed.
  const { id } = await family.world.database.prisma.surveyInvitation.findFirstOrThrow({
    where: { status: 'declined' },
  })
  await olga.byHand(`-.survey.${id}`)
  expect(olga.text()).toMatch(/Этот опрос закрыт/)
  await olga.play([
    ['/settings', 'settings'],
    ['Не присылать опросы', /Опросы о помощи не приходят/],
  ])
  expect(labelsOf(olga)).toContain('Присылать опросы')
  expect(await desk.statuses()).toEqual(['declined', 'dropped', 'declined'])
})

const idOf = async ({ world }: Awaited<ReturnType<typeof openWithFamily>>): Promise<string> =>
  (await world.database.prisma.surveyInvitation.findFirstOrThrow()).id
