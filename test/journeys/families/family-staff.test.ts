import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { openWithDasha } from '#test/support/accepted-minor.ts'

test('a curator invites: the family joins by the link from the chat, and every access to names is audited', async () => {
  const { world, key, path, curator, supervisor, another, curatorId } = await openWithFamily()
  const { number } = (await key.get(path)).body as { number: number }
  await another()
  await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const foreign = await key.post('/families', { territory: 'oktyabrsky' })
  const foreignId = (foreign.body as { id: string }).id

  expect(curator.allText()).toMatch(/Вы на связи: сюда придут/)
  await curator.play([
    ['/menu', 'home'],
    ['Мои семьи', /^2 семьи на сопровождении/],
    [`Семья № ${number}`, 'family-case'],
  ])
  expect(curator.text()).toMatch(/Уровень: кризисный\nЭтап: Помощь по плану и визиты\nКуратор: Ирина/)
  expect(curator.text()).toMatch(/В бот пока никто не приглашён/)

  await curator.play([
    ['Кто в семье', 'family-people'],
    ['Пригласить', 'family-invite'],
    ['+ родитель', 'family-add'],
    [{ words: 'а'.repeat(101) }, /Это длиннее 100 знаков/],
    [{ words: 'Ольга' }, /Готово. Ссылка и страница для печати – выше/],
  ])
  expect(curator.text()).toMatch(/• родитель: ещё не в боте/)
  expect(curator.text()).not.toMatch(/Ольга/)
  const said = world.telegram.chat(curator.id)
  const picture = said.findLast(({ photo }) => photo !== undefined)
  const link = /https:\/\/t\.me\/\S+/.exec(picture?.caption ?? '')?.[0] ?? ''
  const page = said.findLast(({ document }) => document !== undefined)
  expect(page?.document?.file_name).toBe('Вход в бот.pdf')

  const olga = world.person()
  await openLink(olga, link)
  await olga.play([['Даю согласие', /Куратор семьи – Ирина/]])

  await curator.play([
    ['/families', /^2 семьи/],
    [`Семья № ${number} · Ольга`, /• родитель: в боте/],
    ['Кто в семье', 'family-people'],
    ['Имена', /Ольга, родитель: в боте/],
    ['‹ К семье', 'family-case'],
    ['Кто в семье', 'family-people'],
    ['Пригласить', 'family-invite'],
    ['Ольга', /Готово/],
  ])
  const audit = await world.database.prisma.auditEntry.findMany({ where: { staffId: curatorId } })
  expect(audit.map(({ action }) => action).sort()).toEqual([
    'family.changed',
    'family.changed',
    'family.details',
    'family.details',
    'family.details',
    'family.names',
  ])

  // A supervisor sees the families of the territory; nobody sees others.
  await supervisor.play([
    ['/families', /^2 семьи/],
    [`Семья № ${number}`, 'family-case'],
  ])
  for (const [chat, id] of [
    [supervisor, foreignId],
    [curator, foreignId],
    [olga, path.split('/').at(-1) ?? ''],
  ] as const) {
    for (const way of ['f-card', 'f-names', 'f-invite', 'f-visits', 'f-plan']) {
      await chat.byHand(`-.${way}.${id}`)
      expect(chat.text(), way).not.toMatch(/Семья № \d+: кто в ней|Территория|кого пригласить/)
    }
  }
  await key.post(`${path}/transition`, { to: 'closed' })
  await curator.play([
    ['/families', /^1 семья/],
    [(chat) => chat.byHand(`-.f-card.${path.split('/').at(-1)}`), /Сопровождение закончено 25 ноября/],
  ])
  await curator.tap('Кто в семье')
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Пригласить')
  await curator.byHand(`-.f-invite.${path.split('/').at(-1)}`)
  expect(curator.text()).not.toMatch(/кого пригласить/)
})

test('a specialist has only the families without an available curator', async () => {
  const { world, key, path } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  await anna.play([['/families', 'caseload']])
  expect(anna.text()).toMatch(/Семей пока нет/)
  const id = path.split('/').at(-1) ?? ''
  await anna.byHand(`-.f-card.${id}`)
  expect(anna.text()).not.toMatch(/Территория/)
  await key.patch(path, { curatorId: null }, { 'if-match': '*' })
  await anna.play([
    ['/families', /^1 семья/],
    [(chat) => chat.byHand(`-.f-card.${id}`), /Куратора пока нет/],
  ])
})

test('a family’s card has eight buttons at most, and the rest of what is done stands one tap behind', async () => {
  const { world, curator, familyId, memberId, key, path } = await openWithDasha()
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const all = ['visits', 'plan', 'reach', 'thread', 'names', 'invite', 'safety', 'intake']
  const more = ['event', 'stage', 'needs', 'docs', 'incoming']
  for (const [chat, acts] of [
    [curator, [...all, ...more]],
    [elena, [...all, ...more, 'ask', 'give']],
  ] as const) {
    await chat.byHand(`-.f-card.${familyId}`)
    const data = () => chat.buttons(chat.card()).map((one) => JSON.stringify(one))
    expect(data().length).toBeLessThanOrEqual(8)
    const found = data()
    for (const part of ['Кто в семье', 'Дело']) {
      await chat.byHand(`-.f-card.${familyId}`)
      await chat.tap(part)
      // What is not to be done stands above it.
      chat.sees(/С родителями не говорить/)
      found.push(...data())
    }
    for (const act of acts) expect(found.join(), act).toContain(`-.f-${act}.${familyId}`)
  }
  // An account that waits for the curator comes first, and there is still room.
  const acknowledgement = { reason: 'Отдали в руки' }
  const { body } = await key.post(`${path}/members/${memberId}/link`, { acknowledgement })
  const phone = world.person({ firstName: 'Даша' })
  await openLink(phone, (body as { link: string }).link)
  await phone.tap('Да, разрешаю')
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.buttons(curator.card())[0]?.text).toMatch(/^Проверить вход/)
  expect(curator.buttons(curator.card()).length).toBeLessThanOrEqual(8)
})
