import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { type FamilyWorld, openLink, openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { planVisit, told } from '#test/support/visits.ts'

type Linked = { status: number; body: { link: string; member: { account: string } } }

const renew = async (
  { key, path }: FamilyWorld,
  memberId: string,
  body: Record<string, unknown> = {},
): Promise<Linked> => (await key.post(`${path}/members/${memberId}/link`, body)) as Linked

const accountOf = async ({ key, path }: FamilyWorld): Promise<string[]> => {
  const { members } = (await key.get(path)).body as { members: { account: string }[] }
  return members.map(({ account }) => account)
}

/** Dasha has told the curator something; then somebody opens a new link of hers on another phone. */
const openReplaced = async () => {
  const family = await openWithFamily()
  const dasha = await family.member('minor', 'Даша')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Мне дома тяжело' }, /Отправлено/],
  ])
  await told(family.curator, /новое сообщение/)
  const { body } = await renew(family, dasha.memberId)
  const phone = family.world.person({ firstName: 'Кто-то' })
  await openLink(phone, body.link)
  await phone.tap('Да, разрешаю')
  return { ...family, family, dasha, phone }
}

const confirm = async (curator: Chat) => {
  await curator.byHand(curator.dataOf('Проверить вход', cardWith(curator, /новый аккаунт|Это не я/)))
  await curator.play([
    ['Это тот человек', /увидит всю прежнюю переписку/],
    ['Голосом', /Вход подтверждён/],
  ])
}

const cardWith = (chat: Chat, words: RegExp) => {
  const found = chat.messages().findLast(({ text }) => words.test(text ?? ''))
  if (!found) throw new Error(`no card like ${words}`)
  return found
}

test('whoever comes by a new link reads nothing of before until the curator has spoken with them', async () => {
  const { family, world, curator, dasha, phone } = await openReplaced()
  phone.sees(/Прежняя переписка пока скрыта: куратор поговорит с тобой/)
  await phone.play([
    ['/messages', /прежняя переписка пока скрыта/],
    [{ words: 'Я пишу с нового телефона' }, /Отправлено/],
    ['/messages', /с нового телефона/],
  ])
  expect(phone.allText()).not.toMatch(/тяжело/)
  expect(await accountOf(family)).toEqual(['unconfirmed'])
  // The file of an earlier message does not open by hand either, and staff's earlier words are not marked as read.
  const earlier = await world.database.prisma.message.findFirstOrThrow({ orderBy: { at: 'asc' } })
  expect(earlier.memberId).toBe(dasha.memberId)
  await told(curator, /Семья № \d+: новый аккаунт[\s\S]*подросток[\s\S]*голосом или при встрече/)
  await curator.byHand(`-.thread.${dasha.memberId}`)
  curator.sees(/ещё не подтверждён/)
  await confirm(curator)
  await phone.play([['/messages', /Мне дома тяжело/]])
  expect(phone.text()).not.toMatch(/скрыта/)
  expect(await accountOf(family)).toEqual(['current'])
  const audit = await world.database.prisma.auditEntry.findMany({ where: { action: 'family.account' } })
  expect(audit).toMatchObject([{ staffId: family.curatorId, subjectId: dasha.memberId }])
  expect(await world.database.prisma.accountChange.findMany()).toMatchObject([
    { decision: 'confirmed', how: 'voice', staffId: family.curatorId },
  ])
})

test('what staff had written before is neither shown nor marked as read by a new account', async () => {
  const family = await openWithFamily()
  const dasha = await family.member('minor', 'Даша')
  await family.key.post(`${family.path}/members/${dasha.memberId}/messages`, {
    text: 'Психолог ждёт в среду',
  })
  const { body } = await renew(family, dasha.memberId)
  const phone = family.world.person()
  await openLink(phone, body.link)
  await phone.play([
    ['Да, разрешаю', 'home'],
    ['/messages', /прежняя переписка пока скрыта/],
  ])
  expect(phone.allText()).not.toMatch(/Психолог/)
  expect(await family.world.database.prisma.message.findMany()).toMatchObject([{ readAt: null }])
  const message = await family.world.database.prisma.message.findFirstOrThrow()
  const [revision] = phone.dataOf('Написать').split('.')
  await phone.byHand(`${revision}.file.${message.id}`)
  expect(phone.allText()).not.toMatch(/Психолог/)
})

test('what is confidential for the minor does not exist for an account that nobody has confirmed', async () => {
  const family = await openWithFamily()
  const { key, path, world, curator } = family
  const dasha = await family.member('minor', 'Даша')
  const secret = { audience: 'confidential' as const, memberIds: [dasha.memberId] }
  const open = anActivity('open', { plain: 'Кружок' })
  await publish(key, path, aPlan([open, anActivity('secret', { plain: 'Кризисный психолог', ...secret })]))
  await planVisit(family, { ...secret, place: 'Тайное место', note: 'Тайная заметка' })
  await told(dasha, /У тебя новое сообщение/)
  const { body } = await renew(family, dasha.memberId)
  const phone = world.person()
  await openLink(phone, body.link)
  await phone.play([
    ['Да, разрешаю', 'home'],
    ['/plan', 'plan'],
  ])
  expect(phone.text()).not.toMatch(/психолог/)
  await phone.say('/visits')
  await planVisit(family, { ...secret, startsAt: '2026-12-05T12:00:00Z' })
  await phone.settle()
  expect(phone.allText()).not.toMatch(/Тайн|У тебя новое сообщение|декабря/)
  await told(curator, /новый аккаунт/)
  await confirm(curator)
  await phone.play([['/visits', /декабря/]])
})

test('the account before is told at once, and «Это не я» closes the new one until staff have decided', async () => {
  const { family, world, curator, supervisor, dasha, phone } = await openReplaced()
  await told(dasha, /Вход открыли с другого аккаунта. Если это не ты, нажми кнопку/)
  expect(cardWith(dasha, /Вход открыли/).text).not.toMatch(/центр|семь|подрост|куратор/i)

  // Nobody else can say it, and a stranger learns nothing.
  const notMe = dasha.dataOf('Это не я', cardWith(dasha, /Вход открыли/))
  await phone.byHand(notMe)
  await supervisor.byHand(notMe)
  expect(await accountOf(family)).toEqual(['unconfirmed'])

  await dasha.byHand(notMe)
  dasha.sees(/Другому входу доступ закрыт, пока центр не решит/)
  expect(await accountOf(family)).toEqual(['paused'])
  for (const chat of [curator, supervisor]) await told(chat, /Срочно. Семья № \d+: «Это не я»/)
  await phone.play([['/menu', /Доступ пока закрыт[\s\S]*Если это ты, позвони/]])
  await phone.byHand(`-.messages.${family.familyId}`)
  expect(phone.text()).not.toMatch(/тяжело/)
  // A link that was made meanwhile does not get around it: what is older stays hidden.
  const again = world.person()
  await openLink(again, (await renew(family, dasha.memberId)).body.link)
  await again.tap('Да, разрешаю')
  expect(await accountOf(family)).toEqual(['unconfirmed'])
  await again.play([['/messages', /прежняя переписка пока скрыта/]])
  expect(again.allText()).not.toMatch(/тяжело/)

  await supervisor.byHand(supervisor.dataOf('Проверить вход', cardWith(supervisor, /Это не я/)))
  supervisor.sees(/Закрыть новый вход|ещё не подтверждён/)
  const { key, path } = family
  const decided = { decision: 'restored', how: 'meeting' }
  expect((await key.post(`${path}/members/${dasha.memberId}/account`, decided)).body).toMatchObject({
    account: 'current',
  })
  await dasha.play([['/messages', /Мне дома тяжело/]])
  await again.play([['/menu', /Здравствуйте|Привет/]])
  await again.byHand(`-.messages.${family.familyId}`)
  expect(again.allText()).not.toMatch(/тяжело/)
})

test('whom writing endangers gets no push, but finds it on their card', async () => {
  const family = await openWithFamily()
  const { key, path, world } = family
  const dasha = await family.member('minor', 'Даша')
  await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'no-messages' })
  const acknowledgement = { reason: 'Попросила сама' }
  expect((await renew(family, dasha.memberId)).status).toBe(409)
  const { body } = await renew(family, dasha.memberId, { acknowledgement })
  const before = dasha.messages().length
  const phone = world.person()
  await openLink(phone, body.link)
  await phone.tap('Да, разрешаю')
  await dasha.settle()
  expect(dasha.messages().length).toBe(before)
  await dasha.play([
    ['/menu', /Вход открыли с другого аккаунта/],
    ['Это не я', /Другому входу доступ закрыт/],
  ])
})

test('a confirmed account is not closed by a tap on the phone of before, but staff are told', async () => {
  const { family, curator, supervisor, dasha, phone } = await openReplaced()
  await told(curator, /новый аккаунт/)
  await confirm(curator)
  await dasha.byHand(dasha.dataOf('Это не я', cardWith(dasha, /Вход открыли/)))
  dasha.sees(/они раньше подтвердили в разговоре/)
  await told(supervisor, /«Это не я»[\s\S]*не приостановлен/)
  expect(await accountOf(family)).toEqual(['current'])
  await phone.play([['/messages', /Мне дома тяжело/]])
})

test('a key makes a replacement link, or decides, only if it may read conversations', async () => {
  const { family, world, path, dasha } = await openReplaced()
  const blind = await keyOf(world, { scopes: ['families:read', 'families:write'] })
  const member = `${path}/members/${dasha.memberId}`
  expect((await blind.post(`${member}/link`, {})).status).toBe(403)
  expect((await blind.post(`${member}/account`, { decision: 'confirmed', how: 'voice' })).status).toBe(403)
  // A first link is no replacement.
  const added = await blind.post(`${path}/members`, { role: 'minor', name: 'Миша' })
  expect(added).toMatchObject({ status: 201, body: { member: { account: 'none' } } })
  const { id } = (added.body as { member: { id: string } }).member
  expect((await blind.post(`${path}/members/${id}/link`, {})).status).toBe(201)
  expect(await accountOf(family)).toEqual(['unconfirmed', 'none'])
})

test('a new link for a minor of an unsafe family needs a reason, which is kept; links of before are void', async () => {
  const family = await openWithFamily()
  const { key, path, world, curator } = family
  const [dasha, misha] = [await family.member('minor', 'Даша'), await family.member('minor', 'Миша')]
  const early = await renew(family, misha.memberId)
  await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'parents-unsafe' })
  await openLink(world.person(), early.body.link)
  expect(await world.database.prisma.familyInvite.count({ where: { usedAt: null } })).toBe(0)
  for (const { memberId } of [dasha, misha]) {
    expect(await renew(family, memberId)).toMatchObject({ status: 409 })
    const acknowledgement = { reason: 'Отдали в руки' }
    const made = await key.post(`${path}/members/${memberId}/link`, { acknowledgement })
    expect(made).toMatchObject({ status: 201, body: { warning: [{ kind: 'parents-unsafe' }] } })
  }
  await curator.byHand(`-.f-invite.${family.familyId}`)
  await curator.play([
    ['Даша', /Отдайте её только самому подростку/],
    ['Отдам лично в руки', /Готово/],
  ])
  expect(curator.allText()).toMatch(/только самому подростку: родителям и другим взрослым/)
  const { overrides } = (await key.get(`${path}/safety`)).body as { overrides: { reason: string }[] }
  expect(overrides.map(({ reason }) => reason)).toEqual([
    'Отдали в руки',
    'Отдали в руки',
    'Отдам лично в руки',
  ])
})

test('a parent who was removed does not come back as the child', async () => {
  const family = await openWithFamily()
  const { key, path } = family
  const olga = await family.member('parent', 'Ольга')
  const dasha = await family.member('minor', 'Даша')
  await key.delete(`${path}/members/${olga.memberId}`)
  await openLink(olga, (await renew(family, dasha.memberId)).body.link)
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Да, разрешаю')
  expect(await accountOf(family)).toEqual(['current'])
})
