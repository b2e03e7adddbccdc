import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import {
  adultSubmits,
  done,
  minorAnswers,
  minorSubmits,
  parentAnswers,
  submitAsParent,
  ticks,
  upTo,
} from '#test/support/intake.ts'
import { draftOf } from '#test/support/drafts.ts'
import { openOffice } from '#test/support/office.ts'
import { reasonsIn } from '#test/support/urgent-reasons.ts'
import { noRoom, openWorld } from '#test/support/world.ts'

const saturday = '2026-11-28T15:00:00Z'
const minutes = 60_000

test('a teenager who ticks «Мне не хочется жить» on Saturday: staff know at once, and it escalates in minutes', async () => {
  const world = await openWorld({ at: saturday })
  const hours = { dutyHours: { mon: ['09:00', '18:00'] as [string, string] } }
  const anna = await world.staff('Анна', ['leninsky'], 'intake', hours)
  const boss = await world.staff('Елена', ['leninsky'], 'supervisor', hours)
  const dasha = world.person()
  const answers = minorAnswers('Нет, это небезопасно')
  const until = upTo(answers, 'question.circumstances')
  await dasha.play([
    ...until,
    [ticks('Про меня', 'Мне не хочется жить'), /Отмечено/],
    [done, 'danger'],
    ['Продолжить', 'question.safeContact'],
    ...answers.slice(until.length + 2),
    ...minorSubmits,
  ])
  await expect
    .poll(() => anna.text())
    .toMatch(/Срочно[\s\S]*Почему: отмечено: Ребёнок не хочет жить|Почему: отмечено: Мне не хочется жить/)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    urgent: true,
    escalateAt: expect.any(Date),
  })
  expect(await reasonsIn(world)).toEqual(['circumstance.suicide-risk'])
  await (await openOffice(world)).later(16, 'escalation')
  await expect.poll(() => boss.allText()).toMatch(/Срочно/)
})

test('words of danger in the story make a request urgent; staff read of which kind, and none of the words', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  const steps = parentAnswers().map((step) =>
    typeof step[0] === 'object' && 'words' in step[0] && step[0].words.startsWith('Сын')
      ? ([{ words: 'Муж избил сына, негде ночевать' }, 'heard'] as const)
      : step,
  )
  const at = steps.findIndex(([, screen]) => screen === 'heard')
  await olga.play([
    ...steps.slice(0, at + 1),
    ['Дальше', 'question.danger'],
    ...steps.slice(at + 1),
    ...adultSubmits,
  ])
  await expect.poll(() => anna.text()).toMatch(/Почему: из слов: насилие, негде ночевать/)
  expect(anna.allText()).not.toMatch(/избил/)
})

test('a later note makes a request urgent at night; staff say that it is not, with a reason; new words make it urgent again', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  expect(anna.text()).not.toMatch(/Срочно/)
  await olga.play([
    ['Дописать', 'note'],
    [{ words: 'он угрожает ножом' }, 'heard'],
    ['Дальше', /Дописано[\s\S]*Это срочное/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/Срочно[\s\S]*из слов: угрозы/)
  const { id, escalateAt } = await world.database.prisma.request.findFirstOrThrow()
  expect(escalateAt?.getTime()).toBeLessThanOrEqual(world.clock.now().getTime() + 15 * minutes)

  await anna.byHand(`-.take.${id}`)
  await anna.byHand(`-.card.${id}`)
  await anna.play([
    ['Не срочно', 'not-urgent'],
    [{ words: 'Поговорили, это про фильм' }, /Отмечено: не срочно/],
  ])
  const prisma = world.database.prisma
  expect(await prisma.request.findFirst()).toMatchObject({ urgent: false, urgentReasons: null })
  expect(await prisma.auditEntry.count({ where: { action: 'request.not-urgent', requestId: id } })).toBe(1)
  const key = await keyOf(world)
  const kinds = ((await key.get(`/requests/${id}`)).body as { history: { kind: string }[] }).history
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['urgent', 'not-urgent']))
  const { lines } = (await key.get(`/requests/${id}/details`)).body as {
    lines: { kind: string; text: string }[]
  }
  expect(lines).toContainEqual(
    expect.objectContaining({ kind: 'not-urgent', text: 'Поговорили, это про фильм' }),
  )

  await olga.play([
    ['/status', 'status'],
    ['Дописать', 'note'],
    [{ words: 'не хочу жить' }, 'heard'],
  ])
  expect(await prisma.request.findFirst()).toMatchObject({ urgent: true })
  expect(await reasonsIn(world)).toEqual(['words.suicide'])
  expect(await key.post(`/requests/${id}/not-urgent`, { reason: 'Позвонили' })).toMatchObject({
    status: 200,
    body: { urgent: false },
  })
  expect(await key.post(`/requests/${id}/not-urgent`, { reason: 'Ещё раз' })).toMatchObject({ status: 409 })
})

test('harmless notes leave a request as it is', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([
    ['Дописать', 'note'],
    [{ words: 'Можно перенести звонок на вечер' }, /Дописано/],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    urgent: false,
    urgentReasons: null,
  })
})

test('«да сейчас» right after the story answers the question on the screen', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.ownWords'),
    [{ words: 'Сын не выходит из комнаты.' }, 'question.danger'],
    [{ words: 'да сейчас' }, 'danger'],
  ])
  expect(await draftOf(world.database, olga)).toMatchObject({
    danger: 'now',
    ownWords: 'Сын не выходит из комнаты.',
  })
})
