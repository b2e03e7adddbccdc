import type { Chat, Deed, Expected } from './chat.ts'

export type Steps = readonly (readonly [Deed, Expected])[]

/** Finds «Готово: 2» and the like: the label counts the ticked options. */
export const done: Deed = (chat) => {
  const label = chat.buttons(chat.card()).find(({ text }) => /^(Готово|Done)/.test(text))?.text
  if (!label) throw new Error('nothing to finish here')
  return chat.tap(label)
}

const beforeConsent: Steps = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Родитель', 'question.personalData'],
]

const afterConsent = (danger: string): Steps => [
  ['Даю согласие', 'question.danger'],
  ...(danger === 'Да, сейчас'
    ? ([
        [danger, 'danger'],
        ['Продолжить', 'question.territory'],
      ] as const)
    : ([[danger, 'question.territory']] as const)),
  ['Ставрополь, Ленинский район', 'question.circumstances'],
  ['Ребёнку трудно среди людей', /Отмечено: Ребёнку трудно среди людей/],
  [done, 'question.helpKinds'],
  ['Помощь психолога', /Отмечено: Помощь психолога/],
  [done, 'question.children'],
  [{ words: '2014, 2018' }, 'question.ownWords'],
  [{ words: 'Сын не выходит из комнаты.' }, 'question.name'],
  [{ words: 'Ольга' }, 'question.phone'],
  [(chat) => chat.shareContact(), 'question.hours'],
  ['С 15 до 18', /Отмечено/],
  [done, 'question.safeToCall'],
  ['Да, можно звонить', 'question.safeToWrite'],
  ['Да, можно писать', 'summary'],
]

/** From the menu to the summary: a parent in Stavropol's Leninsky district. */
export const parentAnswers = (danger = 'Нет'): Steps => [...beforeConsent, ...afterConsent(danger)]

/** From the summary to the number. */
export const adultSubmits: Steps = [
  ['Всё верно, дальше', 'question.supportRequest'],
  ['Да, прошу о помощи', 'question.dataSharing'],
  ['Да, можно', 'submit'],
  ['Отправить', 'status'],
]

/** From the menu to the summary: a minor with the given answer to the question about parents. */
export const minorAnswers = (
  parents: string,
  { birthDate = '12.03.2012', place = 'Ставрополь, Ленинский район' } = {},
): Steps => [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Мне меньше 18 лет', 'question.birthDate'],
  [{ words: birthDate }, 'question.personalData'],
  ['Да, разрешаю', 'question.danger'],
  ['Не знаю', 'question.territory'],
  [place, /./],
  ...(place.startsWith('Ставрополь') ? [] : nyaganCategories),
  ['Мне трудно среди людей', /Отмечено/],
  [done, 'question.helpKinds'],
  ['Помощь психолога', /Отмечено/],
  [done, 'question.ownWords'],
  ['Пропустить', 'question.name'],
  [{ words: 'Даша' }, 'question.phone'],
  ['Только здесь, в Telegram', 'question.hours'],
  ['В любое время', /Отмечено/],
  [done, 'question.safeToWrite'],
  [parents === 'Да, можно' ? 'Да, можно писать' : 'Нет, лучше не писать', 'question.parents'],
  [parents, 'summary'],
]

const nyaganCategories: Steps = [
  ['Нас в семье много детей', /Отмечено/],
  [done, 'question.circumstances'],
]

export const minorSubmits: Steps = [
  ['Всё верно, дальше', 'question.supportRequest'],
  ['Да, хочу помощи', 'question.dataSharing'],
  ['Нет, не передавать', 'submit'],
  ['Отправить', 'status'],
]

/** Submits a parent's request from start to end; returns its number. */
export const submitAsParent = async (chat: Chat, danger?: string): Promise<string> => {
  await chat.play([...parentAnswers(danger), ...adultSubmits])
  const number = /\d{4}-\d{6}/.exec(chat.text())?.[0]
  if (!number) throw new Error(`no number on the card: ${chat.text()}`)
  return number
}
