import { describe, expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import {
  adultSubmits,
  after,
  done,
  minorAnswers,
  parentAnswers,
  type Steps,
  ticks,
  upTo,
} from '#test/support/intake.ts'
import { reasonsIn } from '#test/support/urgent-reasons.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

/** Plays the steps; from every card it opens the crisis card and returns, which must change nothing. */
const withACrisisEverywhere = async (chat: Chat, steps: Steps) => {
  for (const step of steps) {
    await chat.play([step])
    const { message_id, text: shown = '', reply_markup } = chat.card()
    // A line that thanks for the story is said once.
    const text = shown.replace(/^Спасибо, что рассказ[^\n]*\n\n/, '')
    expect(chat.buttons(chat.card()).at(-1)?.text, text).toBe('Срочная помощь')
    await chat.play([['Срочная помощь', 'crisis']])
    // In the same message, below which the question waits.
    expect(chat.card().message_id).toBe(message_id)
    for (const number of ['112', '8-800-2000-122', '124']) expect(chat.text()).toContain(number)
    expect(chat.text()).toMatch(/(можете|можешь) вернуться к/)
    await chat.tap('Вернуться')
    expect(chat.card()).toMatchObject({ message_id, text, reply_markup })
  }
}

describe('the crisis card opens from every card and returns to it', () => {
  test('an adult, from the first word to the withdrawal', async () => {
    const world = await openWorld({ at: tuesday })
    const olga = world.person()
    await withACrisisEverywhere(olga, [
      ...upTo(parentAnswers('Да, сейчас'), 'question.supportRequest'),
      ['Нет, не сейчас', 'not-now'],
      ['Вернуться к вопросу', 'question.supportRequest'],
      ...after(parentAnswers(), 'question.supportRequest'),
      ['Изменить ответ', 'change'],
      ['Имя', 'question.name'],
      [{ words: '!' }, /Имя нужно буквами/],
      ['‹ Назад', 'summary'],
      ...adultSubmits,
      ['Дописать', 'note'],
      ['‹ Назад', 'status'],
      ['Отозвать', 'withdraw'],
      ['Да, отозвать', 'status'],
    ])
  })

  test('a minor, in their own words, and around the questionnaire', async () => {
    const world = await openWorld({ at: tuesday })
    const dasha = world.person()
    await withACrisisEverywhere(dasha, [
      ...minorAnswers('Нет, это небезопасно'),
      ['/help', 'help'],
      ['/language', 'language'],
      ['/status', 'status'],
      ['/cancel', 'cancel'],
      ['Да, удалить', 'cancelled'],
      ['/menu', 'home'],
      ['Попросить о помощи', 'question.applicant'],
      ['Мне меньше 18 лет', 'question.birthDate'],
      [{ words: '12.03.2018' }, 'under-ten'],
      ['Нет', 'too-young'],
    ])
    await dasha.play([
      ['Срочная помощь', /то звони|– звони/],
      ['Меню', 'home'],
    ])
  })
})

test('unfinished ticks are kept on return', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.circumstances'),
    ['Ребёнку трудно среди людей', /Отмечено/],
    ['Родителям трудно ›', 'question.circumstances'],
    ['Срочная помощь', 'crisis'],
    ['Вернуться', /Отмечено: Ребёнку трудно среди людей/],
  ])
})

test('returning from an old card shows the current question', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.children'))
  const old = olga.card().message_id
  const sos = olga.dataOf('Срочная помощь')
  await olga.play([[{ words: '2014' }, 'question.safeContact']])
  await olga.byHand(sos, old)
  const shown = olga.messages().find(({ message_id }) => message_id === old)
  expect(shown?.text).toMatch(/112/)
  await olga.tap('Вернуться', shown)
  olga.sees('question.safeContact')
  await olga.play([['Писать и звонить', 'question.name']])
})

test('circumstances that speak of danger show the helplines, and make the request urgent', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.circumstances'),
    [ticks('Ребёнок: чувства и поведение', 'Ребёнок не хочет жить'), /Отмечено/],
    [done, 'danger'],
  ])
  expect(olga.text()).toMatch(/Спасибо, что рассказали/)
  await olga.play([
    ['Продолжить', 'question.helpKinds'],
    ...after(parentAnswers(), 'question.helpKinds'),
    ...adultSubmits,
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: true })
  expect(await reasonsIn(world)).toEqual(['circumstance.suicide-risk'])
})

test('text below the crisis card does not answer the question behind it', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.name'),
    ['Срочная помощь', 'crisis'],
    [{ words: 'помогите' }, 'crisis'],
    [{ words: 'он ломает дверь' }, /Не открывайте\. Заприте дверь/],
    [{ words: 'где вы' }, 'heard'],
    ['Дальше', 'question.name'],
    [{ words: 'Ольга' }, 'question.phone'],
  ])
})
