import { expect, test } from 'vitest'
import type { Answers } from '#features/intake/answers.ts'
import { openContact } from '#features/requests/request-content.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '#test/support/chat.ts'
import { draftOf } from '#test/support/drafts.ts'
import { minorAnswers, parentAnswers, type Steps, upTo } from '#test/support/intake.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const sealer = createSealer(testKeys)

/** A draft as the version before ADR 49 left it: danger first, the story late, calls and messages two questions. */
const withDraft = async (world: World, chat: Chat, begins: Steps, answers: Answers) => {
  await chat.play(begins)
  const kept = await draftOf(world.database, chat)
  const { id, personId } = await world.database.prisma.draft.findFirstOrThrow()
  await world.database.prisma.draft.update({
    where: { id },
    data: {
      answers: sealer.sealJson({ ...kept, ...answers }, `drafts.answers.${personId}`),
      revision: { increment: 1 },
    },
  })
}

const halfway: Answers = { danger: 'no', territory: 'leninsky', circumstances: ['divorce'] }
const toTheEnd: Answers = {
  ...halfway,
  helpKinds: ['legal'],
  children: [2014],
  ownWords: 'Он ушёл.',
  name: 'Ольга',
  phone: '+79001112233',
  hours: ['morning', 'day'],
  safeToCall: 'no',
  safeToWrite: 'yes',
}

test('halfway: the story is asked now, and nothing that was answered is asked again', async () => {
  const world = await openWorld()
  const olga = world.person()
  await withDraft(world, olga, upTo(parentAnswers(), 'question.ownWords'), halfway)
  await olga.play([
    ['/menu', 'home'],
    ['Продолжить', 'question.ownWords'],
    [{ words: 'Он ушёл.' }, 'question.helpKinds'],
    ['Пока не знаю', 'question.children'],
  ])
})

test('at the end: only the consents are left, and what was said of calls stands, the number and both hours, too', async () => {
  const world = await openWorld()
  const olga = world.person()
  await withDraft(world, olga, upTo(parentAnswers(), 'question.ownWords'), toTheEnd)
  await olga.play([
    ['/menu', 'home'],
    ['Продолжить', 'question.supportRequest'],
    ['Да, прошу о помощи', 'question.dataSharing'],
    ['Да, можно', 'summary'],
  ])
  expect(olga.text()).toMatch(/Как связаться: Только писать сюда/)
  await olga.play([['Отправить', 'status']])
  const row = await world.database.prisma.request.findFirstOrThrow()
  expect(openContact(sealer, row as unknown as Parameters<typeof openContact>[1])).toEqual({
    name: 'Ольга',
    phone: '+79001112233',
    hours: ['morning', 'day'],
    safeToCall: 'no',
    safeToWrite: 'yes',
  })
})

test('a minor who answered of writing, and gave no number: nothing is said of calls that they have not said', async () => {
  const world = await openWorld()
  const dasha = world.person()
  await withDraft(world, dasha, upTo(minorAnswers('Да, можно'), 'question.ownWords'), {
    ...halfway,
    ownWords: null,
    name: 'Даша',
    phone: 'telegram-only',
    hours: ['any'],
    safeToWrite: 'no',
  })
  await dasha.play([
    ['/menu', 'home'],
    ['Продолжить', 'question.parents'],
    ['Нет, это небезопасно', 'question.supportRequest'],
    ['Да, хочу помощи', 'question.dataSharing'],
    ['Нет, не передавать', 'summary'],
    ['Изменить ответ', 'change'],
    ['Как связаться', 'question.safeContact'],
    ['‹ Назад', 'summary'],
    ['Отправить', 'status'],
  ])
  const row = await world.database.prisma.request.findFirstOrThrow()
  const contact = openContact(sealer, row as unknown as Parameters<typeof openContact>[1])
  expect(contact).toMatchObject({ safeToWrite: 'no', parents: 'unsafe' })
  expect(contact).not.toHaveProperty('safeToCall')
})
