import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { told } from '#test/support/visits.ts'

test('a family agrees with its curator by a tap, or asks for another one: that reaches the supervisor, and never the curator', async () => {
  const { world, key, curator, supervisor, path, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const labels = () => olga.buttons(olga.card()).map(({ text }) => text)
  await olga.play([
    ['/status', /Ирина/],
    [
      'Ваш куратор: подходит?',
      /Ваш куратор – Ирина\.[\s\S]*Помощь идёт при любом ответе\. Можно не отвечать/,
    ],
    ['Согласны', /Записали: согласны[\s\S]*Передумаете/],
    ['/menu', 'home'],
  ])
  expect(labels()).not.toContain('Ваш куратор: подходит?')
  // The adults are asked, where they are safe.
  await dasha.byHand(`-.our-curator.${familyId}`)
  expect(dasha.text()).toMatch(/^Твой куратор – Ирина\.$/)
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text()).toMatch(/Семья согласна с куратором/)

  await olga.byHand(`-.our-curator.${familyId}`)
  const again = olga.dataOf('Хотим другого')
  await olga.play([
    [
      'Хотим другого',
      /Записали: хотите другого куратора\. Ирина этого не видит[\s\S]*Прочитает [\s\S]*Помощь не прерывается/,
    ],
    ['Написать словами', 'messages'],
    [{ words: 'Нам ближе кто-то постарше' }, /Куратора этого не видит|Куратор этого не видит/],
  ])
  await olga.byHand(again)
  await told(supervisor, /Семья № 1 хочет другого куратора[\s\S]*Сейчас куратор – Ирина/)
  await curator.settle()
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.byHand(`-.f-thread.${familyId}`)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.allText()).not.toMatch(/хотим другого|другого куратора|постарше/i)
  await supervisor.byHand(`-.thread.${olga.memberId}`)
  expect(supervisor.text()).toMatch(/Хотим другого куратора[\s\S]*Нам ближе кто-то постарше/)
  await supervisor.byHand(`-.f-card.${familyId}`)
  expect(supervisor.text()).toMatch(/Семья хочет другого куратора/)
  const { events } = (await key.get(`${path}/case`)).body as { events: { kind: string }[] }
  expect(events.map(({ kind }) => kind).filter((kind) => kind.startsWith('curator-'))).toEqual([
    'curator-agreed',
    'curator-declined',
  ])

  // Another curator: the family is asked anew, and an old button agrees with nobody.
  await world.staff('Галина', ['leninsky'], 'curator')
  const galina = await world.database.prisma.staffMember.findFirstOrThrow({ where: { name: 'Галина' } })
  const changed = await key.patch(path, { curatorId: galina.id }, { 'if-match': '*' })
  expect(changed).toMatchObject({ status: 200 })
  await olga.settle()
  await olga.byHand(again)
  await olga.play([
    ['/menu', 'home'],
    ['Ваш куратор: подходит?', /Ваш куратор – Галина/],
    ['/language', 'language'],
    ['English', 'language'],
    ['/menu', 'home'],
    ['Your curator: all right?', /Your curator is Галина[\s\S]*You need not answer/],
    ['We agree', /Noted: you agree/],
  ])
})

test('where adults are not safe the teenager is asked, and may change their mind', async () => {
  const { world, familyId, path, key, curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const seenByOlga = async () => {
    const seen: string[] = []
    for (const door of ['home.', `our-curator.${familyId}`]) {
      await olga.byHand(`-.${door}`)
      seen.push(olga.text(), ...olga.buttons(olga.card()).map(({ text }) => text))
    }
    return seen
  }
  const before = await seenByOlga()
  const safety = `${path}/members/${dasha.memberId}/safety`
  expect((await key.post(safety, { fact: 'parents-unsafe' })).status).toBe(201)
  await dasha.play([
    ['/menu', 'home'],
    ['Твой куратор: подходит?', /Твой куратор – Ирина\.[\s\S]*Родителям не показываем/],
    ['Хочу другого', /Записали: хочешь другого куратора/],
    ['Всё же подходит', /Записали: подходит/],
  ])
  // The adult notices nothing of it: she is asked as before and thanked as before, and her answer is nobody's.
  expect(before).toContain('Ваш куратор: подходит?')
  expect(await seenByOlga()).toEqual(before)
  await dasha.byHand(`-.our-curator.${familyId}`)
  await dasha.play([['Хочу другого', /Записали: хочешь другого куратора/]])
  await olga.byHand(`-.our-curator.${familyId}`)
  await olga.play([
    ['Согласны', /Записали: согласны/],
    ['/menu', 'home'],
  ])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Ваш куратор: подходит?')
  await supervisor.byHand(`-.f-card.${familyId}`)
  expect(supervisor.text()).toMatch(/Семья хочет другого куратора/)
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text()).not.toMatch(/Семья согласна с куратором/)
  // What she wishes herself is read by others than the curator, and is not the family's word.
  await dasha.byHand(`-.our-curator.${familyId}`)
  await dasha.play([['Всё же подходит', /Записали: подходит/]])
  world.clock.forward(60_000)
  await olga.byHand(`-.our-curator.${familyId}`)
  await olga.play([['Хотим другого', /Записали: хотите другого куратора\. Ирина этого не видит/]])
  await told(supervisor, /новое сообщение/)
  await supervisor.byHand(`-.thread.${olga.memberId}`)
  expect(supervisor.text()).toMatch(/Хотим другого куратора/)
  await supervisor.byHand(`-.f-card.${familyId}`)
  expect(supervisor.text()).toMatch(/Семья согласна с куратором/)
})

test('what one adult wishes is not told to another, whose words the curator reads', async () => {
  const { familyId, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const pavel = await member('parent', 'Павел')
  await olga.play([
    ['/menu', 'home'],
    ['Ваш куратор: подходит?', 'our-curator'],
    ['Хотим другого', /Ирина этого не видит/],
  ])
  await pavel.play([
    ['/menu', 'home'],
    ['Ваш куратор: подходит?', /Ваш куратор – Ирина\.[\s\S]*Можно не отвечать/],
    ['Хотим другого', /Записали: хотите другого куратора\. Ирина этого не видит/],
    ['Написать словами', 'messages'],
    [{ words: 'Она кричит на нас' }, /Куратора? этого не видит/],
  ])
  await curator.settle()
  await curator.byHand(`-.f-thread.${familyId}`)
  await curator.byHand(`-.thread.${pavel.memberId}`)
  expect(curator.allText()).not.toMatch(/другого куратора|кричит/i)
})
