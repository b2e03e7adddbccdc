import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { adultSubmits, minorAnswers, minorSubmits, parentAnswers } from '#test/support/intake.ts'
import { dataScreensOf, stableCopyOf } from '#test/support/my-data.ts'
import {
  answers,
  directions,
  minutePasses,
  news,
  openTogether,
  payloadIn,
  pushed,
} from '#test/support/together.ts'
import { openWorld } from '#test/support/world.ts'

const underFourteen = { birthDate: '12.03.2014' }
const unsafe = [...minorAnswers('Нет, это небезопасно', underFourteen), ...minorSubmits]

/** All that somebody sees who opens every door that asking together, their request and their data have. */
const everythingOf = async (chat: Chat): Promise<string[]> => {
  const seen: string[] = []
  for (const door of ['home', 'status', 'together', 'settings']) {
    await chat.byHand(`-.${door}.`)
    seen.push(chat.text(), ...chat.buttons(chat.card()).map(({ text }) => text))
  }
  return [...seen, ...(await dataScreensOf(chat)), await stableCopyOf(chat)]
}

test('whatever a child says of home, a parent’s screens, copy, pushes and events stay as they were', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const [olga, dasha] = [world.person(), world.person({ firstName: 'Даша' })]
  await olga.play([...parentAnswers(), ...adultSubmits])
  const { id: parents } = await world.database.prisma.request.findFirstOrThrow()
  const key = await keyOf(world)
  const eventsOf = () =>
    world.database.prisma.webhookEvent.findMany({ where: { requestId: parents }, orderBy: { id: 'asc' } })
  const before = {
    all: await everythingOf(olga),
    events: await eventsOf(),
    request: (await key.get(`/requests/${parents}`)).body,
    messages: olga.messages().length,
  }

  await dasha.play(unsafe)
  const { id: hers } = await world.database.prisma.request.findFirstOrThrow({ where: { applicant: 'minor' } })
  await anna.byHand(`-.card.${hers}`)
  expect(anna.text()).toContain('Согласие законного представителя: небезопасно')
  expect(anna.text()).not.toContain('Вместе')
  await minutePasses(world)
  await pushed(world)

  expect(olga.messages().length).toBe(before.messages)
  expect(await everythingOf(olga)).toEqual(before.all)
  expect(await eventsOf()).toEqual(before.events)
  expect((await key.get(`/requests/${parents}`)).body).toEqual(before.request)
  // To her nothing of it is shown, nor can it be forged.
  await dasha.byHand('-.status.')
  expect(dasha.text()).not.toMatch(/согласие мамы|Вместе/)
  expect(
    dasha
      .buttons(dasha.card())
      .map(({ text }) => text)
      .join(),
  ).not.toContain('Вместе')
  await dasha.byHand('-.together.')
  dasha.sees(/Сейчас позвать сюда никого нельзя/)
  const revision = /^([0-9a-z]+)\./.exec(dasha.dataOf('‹ Назад'))?.[1]
  await dasha.byHand(`${revision}.submit.`)
  expect(await world.database.prisma.together.count()).toBe(0)
  expect((await key.get(`/requests/${hers}`)).body).toMatchObject({ together: null })
})

test('the parent who asks cannot tell a child who is not safe from one who never wrote', async () => {
  const seen: string[][] = []
  for (const wrote of [true, false]) {
    const { world, starter, payload, number } = await openTogether('parent')
    const child = world.person({ firstName: 'Лиза' })
    if (wrote) await child.play(unsafe)
    await child.start(payload)
    child.sees(/Твоих слов в этом чате никто из семьи не увидит/)
    await child.tap('Отказаться')
    await pushed(world)
    await starter.byHand('-.together.')
    const all = [starter.allText(), ...(await everythingOf(starter))]
    seen.push(all.map((text) => text.replaceAll(payload, 'LINK').replaceAll(number, 'NUMBER')))
  }
  const stable = (all: string[] | undefined) =>
    all?.map((text) =>
      text.replaceAll(/"(id|startedAt|endedAt|at|givenAt|submittedAt|since|textHash)": "[^"]+"/g, ''),
    )
  expect(stable(seen[0])).toEqual(stable(seen[1]))
})

test('two accounts of one family learn nothing of each other’s requests', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const [olga, dasha] = [world.person(), world.person({ firstName: 'Даша' })]
  await olga.play([...parentAnswers(), ...adultSubmits])
  await dasha.play(directions.teenager.submits)
  const numbers = await world.database.prisma.request.findMany({ orderBy: { submittedAt: 'asc' } })
  const [parents = '', hers = ''] = numbers.map(({ number }) => number)
  const [ofOlga, ofDasha] = [await everythingOf(olga), await everythingOf(dasha)]
  expect(ofOlga.join()).toContain(parents)
  expect(ofOlga.join()).not.toContain(hers)
  expect(ofDasha.join()).toContain(hers)
  expect(ofDasha.join()).not.toContain(parents)
  // She asks a parent: who opens it learns her name, and no number before both have said so.
  await dasha.byHand('-.together.')
  await dasha.tap('Сделать ссылку')
  await dasha.tap('Даша')
  await answers(olga, payloadIn(dasha), { agrees: ['Да, согласие даю'], name: 'Ольга' })
  expect((await everythingOf(olga)).join()).not.toContain(hers)
  await dasha.byHand('-.together.')
  await dasha.tap('Да, это тот человек')
  await olga.play([
    ['/menu', 'home'],
    ['Обращение вместе', new RegExp(hers)],
  ])
  expect((await everythingOf(dasha)).join()).not.toContain(parents)
})

/** A girl of a family has asked, and made a link for a parent. */
const openWithLink = async () => {
  const family = await openWithFamily()
  const dasha = await family.member('minor', 'Даша')
  await dasha.byHand('-.ask.')
  await dasha.play(directions.teenager.submits.slice(2))
  await dasha.byHand('-.together.')
  await dasha.tap('Сделать ссылку')
  await dasha.tap('Даша')
  return { ...family, dasha }
}

test('a home that has become unsafe: the link says no more than that it was called back', async () => {
  const { world, key, path, dasha } = await openWithLink()
  const fact = { fact: 'parents-unsafe' }
  expect(await key.post(`${path}/members/${dasha.memberId}/safety`, fact)).toMatchObject({ status: 201 })
  const marina = world.person({ firstName: 'Марина' })
  await openLink(marina, `https://t.me/x?start=${payloadIn(dasha)}`)
  const said = marina.text()
  await dasha.byHand('-.together.')
  await dasha.tap('Отозвать ссылку')
  await openLink(marina, `https://t.me/x?start=${payloadIn(dasha)}`)
  expect(marina.text()).toBe(said)
  expect(said).toMatch(/Эту ссылку отозвали/)
  // It is not offered again.
  expect(dasha.buttons(dasha.card()).map(({ text }) => text)).not.toContain('Сделать новую ссылку')
})

test('the link of a child who is not safe says the same after its days, before and after it has ended', async () => {
  const { world, key, path, dasha } = await openWithLink()
  const payload = payloadIn(dasha)
  const fact = { fact: 'parents-unsafe' }
  expect(await key.post(`${path}/members/${dasha.memberId}/safety`, fact)).toMatchObject({ status: 201 })
  const marina = world.person({ firstName: 'Марина' })
  await marina.start(payload)
  const said = marina.text()
  expect(said).toMatch(/Эту ссылку отозвали/)
  world.clock.set('2026-12-10T07:00:00Z')
  await marina.start(payload)
  expect(marina.text()).toBe(said)
  await minutePasses(world)
  expect(await world.database.prisma.together.findFirstOrThrow()).toMatchObject({ status: 'called-back' })
  await marina.start(payload)
  expect(marina.text()).toBe(said)
})

test('it is not offered while somebody may be in danger, nor to whom nobody may write', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await olga.play([...parentAnswers('Да, сейчас'), ...adultSubmits])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Вместе с ребёнком')
  const marina = world.person({ firstName: 'Марина' })
  const steps = parentAnswers().map(([deed, shown]) =>
    deed === 'Писать и звонить' ? (['Только звонить', shown] as const) : ([deed, shown] as const),
  )
  await marina.play([...steps, ...adultSubmits])
  expect(marina.buttons(marina.card()).map(({ text }) => text)).not.toContain('Вместе с ребёнком')
})

test('a hidden chat learns nothing, loses nothing, and opens no link', async () => {
  const { world, starter, of, payload } = await openTogether('teenager')
  await starter.play([['/hide', /./]])
  await starter.tap('Спрятать сейчас')
  const shown = () => starter.messages().map(({ text }) => text)
  expect(shown()).toEqual(['Здесь пока ничего нет.'])
  const marina = world.person(of.joiner)
  await marina.start(payload)
  await marina.tap('Дальше')
  await marina.tap('Даю согласие')
  // A process ends in between; the person goes on.
  await world.restart()
  await marina.tap('Да, согласие даю')
  await marina.say('Марина')
  marina.sees(/Ответ отправлен/)
  await pushed(world)
  await starter.start(payload)
  expect(new Set(shown())).toEqual(new Set(['Здесь пока ничего нет.', `/start ${payload}`]))
  await starter.say('погода')
  await pushed(world)
  expect(news(starter) + (starter.allText().match(/Пока тебя не было/g)?.length ?? 0)).toBe(1)
  await starter.byHand('-.together.')
  starter.sees(/назвался так: Марина/)
})
