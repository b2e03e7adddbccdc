import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { minorAnswersShortly, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { copyOf, dataScreensOf, newestFile, stableCopyOf } from '#test/support/my-data.ts'
import { aPlan, anActivity, publish, told } from '#test/support/plan.ts'
import { openWithRequest } from '#test/support/submitted.ts'
import { hidden, openUnsafeFamily } from '#test/support/unsafe-family.ts'
import { planVisit } from '#test/support/visits.ts'
import { openWorld } from '#test/support/world.ts'

test('a person reads what is kept, who has looked, and what they agreed to', async () => {
  const { olga, anna, number } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Кто смотрел', /Пока никто/],
  ])
  await anna.tap('Взять')
  await anna.tap('Ответы')
  await olga.play([
    ['/menu', 'home'],
    ['Мои данные', new RegExp(`Чтобы разобрать обращение \\(№ ${number}\\)`)],
    ['Кто смотрел', /24 ноября: специалист по приёму/],
    ['‹ Назад', 'my-data'],
    ['Мои согласия', /1\. .*Дано 24 ноября, действует/],
    ['3. Мои данные', /За себя и за детей или подопечных\.[\s\S]*Версия текста: 2026-11-26/],
    ['Прочитать текст', 'my-consent'],
  ])
  expect(newestFile(olga).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  // Nobody is named.
  expect(olga.allText()).not.toMatch(/Анна открыл/)
  const copy = JSON.parse(await copyOf(olga))
  expect(copy).toMatchObject({
    format: 'ryadom.my-data/1',
    requests: [{ number, answers: { ownWords: 'Сын не выходит из комнаты.' }, contact: { name: 'Ольга' } }],
    lookedAt: [{ day: '2026-11-24', roles: ['intake'], system: false }],
  })
  expect(copy.consents).toHaveLength(3)
})

test('what was never given is not said to be kept', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswersShortly, ...minorSubmits, ['/mydata', /ответы, переписка, решение\./]])
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([['/mydata', /ответы, имя, телефон, переписка, решение\./]])
})

test('a copy to read, and what is wrong is said in words that staff get with a term', async () => {
  const { olga, world } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Получить копию', 'my-data-copy'],
    ['Читать самому (PDF)', 'my-data-copy'],
  ])
  expect(newestFile(olga).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  await olga.play([
    ['/mydata', 'my-data'],
    ['Исправить', 'my-data-correct'],
    [{ words: 'Телефон теперь +79280000001' }, /исправит до вторника, 8 декабря/],
  ])
  expect(await world.database.prisma.dataRequest.findMany()).toMatchObject([
    { kind: 'correction', source: 'bot', territory: 'leninsky', closedAt: null },
  ])
})

test('nothing is kept of a stranger, and a consent of somebody else is nobody’s', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const [olga, pavel] = [world.person(), world.person({ firstName: 'Павел' })]
  await submitAsParent(olga)
  const consent = await world.database.prisma.consent.findFirstOrThrow()
  await pavel.start()
  await pavel.play([
    ['/mydata', /В центре о вас ничего не хранится[\s\S]*не отправили\.$/],
    ['/menu', 'home'],
    [{ words: 'Слова, которых никто не читал' }, /только здесь|не отправлен/],
    ['/mydata', /держит зашифрованным два дня/],
    ['Стереть сейчас', /Стёрто[\s\S]*ничего не хранится[\s\S]*не отправили\.$/],
    ['/menu', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  expect(pavel.text()).not.toContain('Слова, которых никто не читал')
  await pavel.byHand(`-.my-consent.${consent.id}`)
  expect(pavel.text()).not.toContain('Версия текста')
})

test('the matrix of copies: everybody gets their own words, and nobody anybody else’s', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, dasha, misha } = family
  const members = { olga, dasha, misha }
  await publish(key, path, aPlan([anActivity('all'), hidden(dasha.memberId)]))
  await planVisit(family, {
    startsAt: '2026-12-09T12:00:00Z',
    memberIds: [dasha.memberId],
    audience: undefined,
    place: 'Школа № 7',
  })
  for (const [name, chat] of Object.entries(members)) {
    await chat.play([
      ['/messages', 'messages'],
      [{ words: `Слова-${name}` }, /./],
    ])
    const text = `Ответ-${name}`
    expect(await key.post(`${path}/members/${chat.memberId}/messages`, { text })).toMatchObject({
      status: 201,
    })
  }
  await told(world)
  const copies = { olga: await copyOf(olga), dasha: await copyOf(dasha), misha: await copyOf(misha) }
  const found = Object.fromEntries(
    Object.entries(copies).map(([of, copy]) => [
      of,
      Object.keys(members).filter((name) => copy.includes(`Слова-${name}`) && copy.includes(`Ответ-${name}`)),
    ]),
  )
  expect(found).toEqual({ olga: ['olga'], dasha: ['dasha'], misha: ['misha'] })
  const foreign = Object.entries(copies).filter(([of, copy]) =>
    Object.keys(members).some((name) => name !== of && new RegExp(`(Слова|Ответ)-${name}`).test(copy)),
  )
  expect(foreign).toEqual([])
  const secret = /Школа № 7|Кризисный психолог|parents-unsafe/
  expect(copies.olga).not.toMatch(secret)
  expect(copies.misha).not.toMatch(secret)
  for (const word of ['Школа № 7', 'Кризисный психолог', 'parents-unsafe'])
    expect(copies.dasha).toContain(word)
})

test('whatever a minor does and staff read of it, a parent’s pages and copy stay as they were', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, dasha, curator, supervisor } = family
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Спасибо за визит' }, /./],
  ])
  await told(world)
  const before = { screens: await dataScreensOf(olga), copy: await stableCopyOf(olga) }

  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Он опять меня бьёт, мне страшно' }, /./],
  ])
  await told(world)
  for (const staff of [curator, supervisor]) {
    await staff.byHand(`-.thread.${dasha.memberId}`)
    await staff.byHand(`-.f-card.${family.familyId}`)
  }
  await publish(key, path, aPlan([hidden(dasha.memberId)]))
  await key.get(`${path}/members/${dasha.memberId}/messages`)
  await key.get(`${path}`)
  expect(await dataScreensOf(olga)).toEqual(before.screens)
  expect(await stableCopyOf(olga)).toBe(before.copy)
})

test('whom staff look for after a child’s words leaves no day on the page of the parent whose request it was', async () => {
  const { world, curator, curatorId, member, familyId } = await openWithFamily()
  const olga = world.person({ firstName: 'Ольга' })
  const number = await submitAsParent(olga, 'Да, сейчас')
  const { prisma } = world.database
  const { id: requestId } = await prisma.request.findUniqueOrThrow({ where: { number } })
  await prisma.family.update({ where: { id: familyId }, data: { requestId, curatorId } })
  const dasha = await member('minor', 'Даша')
  const looks = async () => {
    await olga.play([
      ['/mydata', /./],
      ['Кто смотрел', /Кто смотрел/],
    ])
    return olga.text()
  }
  world.clock.set('2026-12-02T07:00:00Z')
  const before = await looks()
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Он меня бьёт, мне страшно' }, /./],
  ])
  await told(world)
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.byHand(`-.f-reach.${familyId}`)
  const seen = { familyId, action: { in: ['request.contact', 'request.flags'] } }
  expect(await prisma.auditEntry.count({ where: seen })).toBe(2)
  expect(await looks()).toBe(before)
})
