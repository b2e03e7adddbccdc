import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { codeOn, planVisit, told } from '#test/support/visits.ts'

const numberOf = async ({ get }: { get: (path: string) => Promise<{ body: unknown }> }, path: string) =>
  ((await get(path)).body as { number: number }).number

test('a second parent joins; a removed member loses all access at once, including an open card', async () => {
  const { world, key, path, member } = await openWithFamily()
  const [olga, pavel] = [await member('parent', 'Ольга'), await member('parent', 'Павел')]
  const number = await numberOf(key, path)
  await olga.play([['/status', new RegExp(`Семья № ${number}`)]])
  await pavel.play([['/status', new RegExp(`Семья № ${number}`)]])
  const open = pavel.card()
  const familyId = path.split('/').at(-1) ?? ''

  expect((await key.delete(`${path}/members/${pavel.memberId}`)).status).toBe(204)
  await pavel.byHand(`-.status.${familyId}`, open.message_id)
  pavel.sees(/Здравствуйте. Это бот центра помощи/)
  for (const way of ['visits', 'plan', 'messages', 'families']) {
    await pavel.byHand(`-.${way}.${way === 'families' ? '' : familyId}`)
    expect(pavel.text(), way).not.toMatch(new RegExp(`№ ${number}|Ирина`))
  }
  await pavel.play([['/status', /Пока ничего не отправлено/]])
  const told = world.telegram.chat(pavel.id).length
  await key.post(`${path}/transition`, { to: 'analysis' })
  await expect.poll(() => olga.buttons(olga.card()).map(({ text }) => text)).toContain('Посмотреть')
  expect(world.telegram.chat(pavel.id).length).toBe(told)

  // Removed by mistake: a new link brings them back.
  const back = await key.post(`${path}/members`, { role: 'parent', name: 'Павел' })
  await openLink(pavel, (back.body as { link: string }).link)
  await pavel.play([
    ['Войти', /Куратор семьи – Ирина/],
    ['/status', new RegExp(`Семья № ${number}`)],
  ])
})

test('a new account replaces the previous one, which loses all access', async () => {
  const family = await openWithFamily()
  const { world, key, path, curator, member } = family
  const old = await member('parent', 'Ольга')
  const visit = await planVisit(family)
  await old.byHand(`-.visit.${visit.id}`)
  const code = codeOn(old)
  await old.play([['/status', 'status']])
  const card = old.card()
  const familyId = path.split('/').at(-1) ?? ''
  const renewed = await key.post(`${path}/members/${old.memberId}/link`, {})
  const { link } = renewed.body as { link: string }

  // Until the link is used nothing changes.
  await old.play([['/status', 'status']])
  const phone = world.person({ firstName: 'Ольга' })
  await openLink(phone, link)
  await phone.play([
    ['Даю согласие', /Куратор семьи – Ирина/],
    ['/status', 'status'],
  ])
  await old.byHand(`-.status.${familyId}`, card.message_id)
  old.sees(/Здравствуйте. Это бот центра помощи/)
  await old.play([['/status', /Пока ничего не отправлено/]])

  // The previous account’s door code is void, and the curator is notified.
  await phone.byHand(`-.visit.${visit.id}`)
  expect(codeOn(phone)).toMatch(/^\d{4}$/)
  expect(codeOn(phone)).not.toBe(code)
  await told(curator, /Семья № \d+: новый аккаунт[\s\S]*родитель/)
  await curator.play([['Открыть семью', 'family-case']])
  const { history, members } = (await key.get(path)).body as {
    history: { kind: string }[]
    members: unknown[]
  }
  expect(history.map(({ kind }) => kind)).toEqual(['created', 'stage', 'joined', 'account'])
  expect(members).toHaveLength(1)

  // A current member cannot take another member’s place.
  const second = await member('parent', 'Павел')
  const other = await key.post(`${path}/members/${old.memberId}/link`, {})
  await openLink(second, (other.body as { link: string }).link)
  second.sees(/Вы уже в этой семье/)
  expect((await key.get(path)).body).toMatchObject({ members: [{ role: 'parent' }, { role: 'parent' }] })
  await phone.play([['/status', 'status']])
})

test('an account in two families views one at a time, and cannot read a third by forged input', async () => {
  const { world, key, path, another, member } = await openWithFamily()
  const [second, third] = [await another(), await another()]
  const olga = await member('parent', 'Ольга')
  const added = await key.post(`${second}/members`, { role: 'representative', name: 'Ольга' })
  await openLink(olga, (added.body as { link: string }).link)
  await olga.play([['Войти', 'home']])
  const [one, two, hidden] = [
    await numberOf(key, path),
    await numberOf(key, second),
    await numberOf(key, third),
  ]
  await olga.play([
    ['/status', new RegExp(`Семья № ${two}:`)],
    ['/families', 'families'],
    [`Семья № ${one}`, 'home'],
    ['/status', new RegExp(`Семья № ${one}:`)],
  ])

  // A push opens the family it is about, whichever is selected.
  await key.post(`${second}/transition`, { to: 'analysis' })
  await expect.poll(() => olga.buttons(olga.card()).map(({ text }) => text)).toContain('Посмотреть')
  await olga.play([['Посмотреть', new RegExp(`Семья № ${two}:`)]])

  const foreign = third.split('/').at(-1) ?? ''
  for (const way of [
    'status',
    'plan',
    'visits',
    'messages',
    'f-card',
    'f-names',
    'f-invite',
    'f-visits',
    'f-plan',
  ]) {
    await olga.byHand(`-.${way}.${foreign}`)
    expect(olga.text(), way).not.toMatch(new RegExp(`№ ${hidden}(?!\\d)`))
  }
  expect(await world.database.prisma.auditEntry.count({ where: { staffId: { not: null } } })).toBe(0)
})
