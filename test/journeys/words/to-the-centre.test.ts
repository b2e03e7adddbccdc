import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import {
  adultSubmits,
  after,
  minorAnswers,
  minorSubmits,
  parentAnswers,
  submitAsParent,
  upTo,
} from '#test/support/intake.ts'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

/** What the specialist reads who has the only request. */
const storyFor = async (world: World, staff: Awaited<ReturnType<World['staff']>>) => {
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await staff.byHand(`-.story.${id}`)
  return staff.text()
}

test('«Я здесь, пиши» → «я у соседки…» arrives, without any button', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Да, можно'), ...minorSubmits])
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  await anna.play([
    ['Взять', /Взято вами/],
    ['Написать подростку', 'write'],
    [{ words: 'Я здесь, пиши' }, 'case'],
  ])
  await expect.poll(() => dasha.text()).toMatch(/новое сообщение/)
  await dasha.play([
    [{ words: 'я у соседки, домой нельзя' }, /^✓ Отправлено\. Прочитает Анна, сегодня до 18:00\./],
  ])
  // The person stays where they were.
  dasha.sees('status')
  await expect.poll(() => anna.text()).toMatch(/дописали/)
  expect(await storyFor(world, anna)).toMatch(/я у соседки, домой нельзя/)
})

test('from any screen words go to the specialist of the request at once, and the screen stays', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  const screens = [
    ['/menu', 'home'],
    ['/help', 'help'],
    ['/language', 'language'],
    ['/status', 'status'],
    ['Отозвать', 'withdraw'],
    ['/cancel', 'cancelled'],
  ] as const
  for (const [n, [way, screen]] of screens.entries()) {
    await olga.play([
      [way, screen],
      [{ words: `слово номер ${n}` }, /^✓ Отправлено\. Прочитает Анна, сегодня до 18:00\.\n\n/],
    ])
    olga.sees(screen)
  }
  await expect.poll(() => anna.text()).toMatch(/дописали/)
  const story = await storyFor(world, anna)
  for (const n of screens.keys()) expect(story).toContain(`слово номер ${n}`)
  // Words on the card that asks whether to withdraw withdraw nothing.
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ status: 'submitted' })
})

test('at night and without anybody named, the line says when; in English, too', async () => {
  const world = await openWorld({ at: '2026-11-27T19:00:00Z' })
  const olga = world.person({ languageCode: 'en' })
  const peter = world.person()
  await submitAsParent(peter)
  await peter.play([
    [{ words: 'ему хуже' }, /Прочитает специалист по приёму, в понедельник, 30 ноября, с 9:00\./],
  ])
  await olga.play([
    [{ words: 'We have nothing to eat' }, 'heard'],
    ['Next', /^Pass this on to the specialists\?/],
    ['Yes, pass it on', /Who is writing|Who are you|whose behalf/i],
  ])
})

test('a parent’s question about what the daughter said goes to the curator, and reveals nothing', async () => {
  const { member, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    [{ words: 'мама не знает, что я ушла с танцев' }, /^✓ Отправлено\. Прочитает Ирина, сегодня до 18:00\./],
  ])
  await olga.play([
    ['/plan', /./],
    [{ words: 'а что дочь говорила куратору?' }, /^✓ Отправлено\. Прочитает Ирина, сегодня до 18:00\./],
    ['/visits', /./],
    [{ words: 'и когда?' }, /^✓ Отправлено/],
  ])
  expect(olga.allText()).not.toMatch(/танцев|Даша/)
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(/а что дочь говорила куратору\?/)
  expect(curator.text()).not.toMatch(/танцев/)
  await curator.byHand(`-.thread.${dasha.memberId}`)
  expect(curator.text()).toMatch(/мама не знает/)
})

test('words beside the questions become part of the story, and the question stays', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const before = await rowsOf(world.database)
  const steps = parentAnswers()
  await olga.play([
    ...steps.slice(0, 3),
    [{ words: 'муж потерял работу' }, /^✓ Записано, пока только здесь/],
    // Nothing is stored before the consent.
    [async () => expect(await rowsOf(world.database)).toEqual(before), 'question.personalData'],
    // The story is there, so it is not asked for.
    ['Даю согласие', 'question.danger'],
    ...after(upTo(steps, 'question.circumstances'), 'question.danger'),
    [{ words: 'и молчит неделями' }, /^✓ Записано в ваш рассказ/],
    [() => {}, 'question.circumstances'],
    ...after(steps, 'question.circumstances'),
    ...adultSubmits,
  ])
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  expect(await storyFor(world, anna)).toMatch(/муж потерял работу\nи молчит неделями/)
})
