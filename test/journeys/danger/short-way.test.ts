import { expect, test } from 'vitest'
import { openContent } from '#features/requests/request-content.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '#test/support/chat.ts'
import type { Steps } from '#test/support/intake.ts'
import { type Shown, wordsAnew } from '#test/support/pace.ts'
import { openWorld, testKeys } from '#test/support/world.ts'

const counted = async (name: string, chat: Chat, steps: Steps) => {
  let words = 0
  let last: Shown | null = null
  for (const step of steps) {
    const labels = chat.buttons(chat.card()).map(({ text }) => text)
    const shown: Shown = { text: chat.text(), entities: [], labels }
    words += wordsAnew(shown, last)
    last = shown
    await chat.play([step])
  }
  const typed = steps.filter(([deed]) => typeof deed === 'object').length
  const taps = steps.length - typed
  process.stdout.write(`short way, ${name}: ${taps} taps, ${typed} typed, ${words} words to read\n`)
  return { taps, typed }
}

test('a parent in danger: from «Да, сейчас» to sent in at most six taps, nothing typed; more is an addition', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
    ['Родитель', 'question.personalData'],
    ['Даю согласие', 'question.ownWords'],
    ['Пропустить', 'question.danger'],
  ])
  const cost = await counted('parent, «Да, сейчас»', olga, [
    ['Да, сейчас', 'danger'],
    ['Передать центру сейчас', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Нет, лучше не писать', 'question.supportRequest'],
    ['Да, прошу о помощи', /Принято/],
  ])
  expect(cost).toEqual({ taps: 5, typed: 0 })
  await expect.poll(() => anna.text()).toMatch(/Срочно[\s\S]*на вопрос об опасности: «Да, сейчас»/)
  await olga.play([
    ['Не могу говорить', 'cannot-talk'],
    ['Только писать сюда', /Дописано/],
    ['Дописать', 'note'],
    [{ words: 'Мы у соседей' }, /Дописано/],
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/Только писать сюда[\s\S]*Мы у соседей/)
  await anna.byHand(`-.contact.${id}`)
  // The wish is not only read among the words: every card says it.
  expect(anna.allText()).toMatch(/Не звонить: небезопасно[\s\S]*Самим не писать: небезопасно/)
})

test('a minor who cries out on the menu: the words go along, and no date is asked', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'отчим бьёт меня' }, 'heard'],
  ])
  // Few words, and still who keeps what, why, for how long, and how to withdraw (152-ФЗ, ст. 9).
  const consent =
    /Родителям этот чат не показываем[\s\S]* хранит ответы и контакты, чтобы помочь тебе\. Читают только специалисты\. Хранят, пока помогают[\s\S]*центр обязан сообщить[\s\S]*Передумать можно в любой день: «Меню» → «Мои данные»[\s\S]*«Полный текст»/
  const cost = await counted('minor, words on the menu', dasha, [
    ['Передать центру сейчас', 'question.applicant'],
    // Who sees this chat, and the consent, on one card.
    ['Мне меньше 18 лет', consent],
    ['Да, разрешаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', 'question.supportRequest'],
    ['Да, хочу помощи', /Принято/],
  ])
  expect(cost).toEqual({ taps: 6, typed: 0 })
  expect(dasha.text()).toMatch(/Сейчас: обращение у нас\. Прочитает Анна, [\s\S]*Опасно сейчас – звони 112/)
  expect(dasha.text()).not.toMatch(/консилиум/)
  await dasha.play([[{ words: 'дверь ломает' }, /Отправлено\. Прочитает Анна[\s\S]*Звони 112/]])
  await expect.poll(() => anna.allText()).toMatch(/нажато «Передать центру сейчас»; из слов: насилие/)
  expect(anna.allText()).not.toMatch(/«Да, сейчас»/)
  expect(anna.allText()).not.toMatch(/Нужно:/)
  const { id, representativeConsent } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/отчим бьёт меня/)
  // They were not asked whether parents may know.
  expect(representativeConsent).toBe('unsafe')
  await anna.byHand(`-.contact.${id}`)
  expect(anna.allText()).toMatch(/С родителями не говорить: небезопасно/)
})

test('the same way in English', async () => {
  const world = await openWorld()
  const mary = world.person({ languageCode: 'en' })
  await mary.play([
    ['/start', 'home'],
    [{ words: 'my husband beats me' }, 'heard'],
  ])
  const labels = [/Tell the centre now/, /consent|agree/i, /Leninsky/i, /Yes/, /Yes/]
  for (const label of labels) {
    const button = mary.buttons(mary.card()).find(({ text }) => label.test(text))
    if (!button) throw new Error(`no ${label} on: ${mary.text()}`)
    await mary.tap(button.text)
  }
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: true, dataSharing: false })
})

test('words that were not passed on are stored nowhere, and wait to be passed on or erased', async () => {
  const world = await openWorld()
  const ivan = world.person()
  await ivan.play([
    ['/start', 'home'],
    [{ words: 'меня избили' }, 'heard'],
    ['Дальше', 'hand-over'],
    ['Нет, стереть', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  expect(await world.database.prisma.draft.count()).toBe(0)
})

test('what was held goes whole; what does not fit is refused aloud, and never cut', async () => {
  const world = await openWorld()
  await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  const parts = ['а', 'б', 'в', 'г', 'д'].map((letter) => `${letter} `.repeat(1990).trim())
  await olga.play([
    ['/start', 'home'],
    ...parts.slice(0, 4).map((words) => [{ words }, 'hand-over'] as const),
    [{ words: parts[4] ?? '' }, /./],
  ])
  expect(olga.allText()).toMatch(/Столько в одно обращение не поместится, это не записано/)
  await olga.play([
    [{ words: 'муж бьёт меня' }, 'heard'],
    ['Передать центру сейчас', 'question.personalData'],
    ['Даю согласие', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', 'question.supportRequest'],
    ['Да, прошу о помощи', /Принято/],
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const request = await findRequest(world.database, id)
  expect(request && openContent(createSealer(testKeys), request).ownWords).toBe(
    [...parts.slice(0, 4), 'муж бьёт меня'].join('\n'),
  )
})

test('«нет, не пишите» in words is the answer, and people read what else it says', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'муж избивает меня' }, 'heard'],
    ['Передать центру сейчас', 'question.personalData'],
    ['Даю согласие', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    [{ words: 'не пишите сюда, он рядом бывает' }, 'heard'],
    ['Дальше', 'question.supportRequest'],
    ['Да, прошу о помощи', /Принято/],
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.contact.${id}`)
  expect(anna.allText()).toMatch(/Самим не писать: небезопасно/)
  await anna.byHand(`-.story.${id}`)
  expect(anna.allText()).toMatch(/он рядом бывает/)
})
