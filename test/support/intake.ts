import type { Chat, Deed, Expected } from './chat.ts'

export type Steps = readonly (readonly [Deed, Expected])[]

/** Finds «Готово: 2» and the like: the label counts the ticked options. */
export const done: Deed = (chat) => {
  const label = chat.buttons(chat.card()).find(({ text }) => /^(Готово|Done)/.test(text))?.text
  if (!label) throw new Error('nothing to finish here')
  return chat.tap(label)
}

/** Ticks a circumstance: at once where it is offered, else in its topic. */
export const ticks =
  (topic: string, label: string) =>
  async (chat: Chat): Promise<unknown> => {
    if (!chat.buttons(chat.card()).some(({ text }) => text === label)) {
      const shown = chat.buttons(chat.card()).find(({ text }) => text.replace(/^✓ | ›$/g, '') === topic)
      await chat.tap(shown?.text ?? topic)
    }
    return chat.tap(label)
  }

/** The steps up to the one that shows this screen. */
export const upTo = (steps: Steps, screen: string): Steps => steps.slice(0, at(steps, screen) + 1)

/** The steps that follow the one that shows this screen. */
export const after = (steps: Steps, screen: string): Steps => steps.slice(at(steps, screen) + 1)

const at = (steps: Steps, screen: string): number => {
  const found = steps.findIndex(([, shown]) => shown === screen)
  if (found === -1) throw new Error(`no step shows ${screen}`)
  return found
}

const beforeConsent: Steps = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Родитель', 'question.personalData'],
]

const afterConsent = (danger: string): Steps => [
  ['Даю согласие', 'question.ownWords'],
  [{ words: 'Сын не выходит из комнаты.' }, 'question.danger'],
  ...(danger === 'Да, сейчас'
    ? ([
        [danger, 'danger'],
        ['Продолжить', 'question.territory'],
      ] as const)
    : ([[danger, 'question.territory']] as const)),
  ['Ставрополь, Ленинский район', 'question.circumstances'],
  [
    ticks('Ребёнок: чувства и поведение', 'Ребёнку трудно среди людей'),
    /Отмечено: Ребёнку трудно среди людей/,
  ],
  [done, 'question.helpKinds'],
  ['Помощь психолога', /Отмечено: Помощь психолога/],
  [done, 'question.children'],
  [{ words: '2014, 2018' }, 'question.safeContact'],
  ['Писать и звонить', 'question.name'],
  [{ words: 'Ольга' }, 'question.phone'],
  [(chat) => chat.shareContact(), 'question.hours'],
  ['С 15 до 18', 'question.supportRequest'],
  ['Да, прошу о помощи', 'question.dataSharing'],
  ['Да, можно', 'summary'],
]

/** From the menu to the summary: a parent in Stavropol's Leninsky district. */
export const parentAnswers = (danger = 'Нет'): Steps => [...beforeConsent, ...afterConsent(danger)]

/** From the summary to the number. */
export const adultSubmits: Steps = [['Отправить', 'status']]

/** From the menu to the summary: a minor with the given answer to the question about parents. */
export const minorAnswers = (
  parents: string,
  { birthDate = '12.03.2012', place = 'Ставрополь, Ленинский район' } = {},
): Steps => [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Мне меньше 18 лет', 'question.birthDate'],
  [{ words: birthDate }, 'question.personalData'],
  ['Да, разрешаю', 'question.ownWords'],
  ['Пропустить', 'question.danger'],
  ['Не знаю', 'question.territory'],
  [place, 'question.circumstances'],
  [ticks('Про меня', 'Мне трудно среди людей'), /Отмечено/],
  // A region's categories stand on the same list.
  ...(place.startsWith('Ставрополь') ? [] : ([[nyaganCategory, /много детей/]] as const)),
  [done, 'question.safeContact'],
  ...(parents === 'Да, можно'
    ? ([
        ['Только писать сюда', 'question.name'],
        [{ words: 'Даша' }, 'question.parents'],
      ] as const)
    : ([
        ['Только звонить', 'question.name'],
        [{ words: 'Даша' }, 'question.phone'],
        ['Только здесь, в Telegram', 'question.parents'],
      ] as const)),
  [parents, 'question.supportRequest'],
  ['Да, хочу помощи', 'question.dataSharing'],
  ['Нет, не передавать', 'summary'],
]

/** The same with the rest left for later: neither name nor phone. */
export const minorAnswersShortly: Steps = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Мне меньше 18 лет', 'question.birthDate'],
  [{ words: '12.03.2012' }, 'question.personalData'],
  ['Да, разрешаю', 'question.ownWords'],
  ['Пропустить', 'question.danger'],
  ['Не знаю', 'question.territory'],
  ['Ставрополь, Ленинский район', 'question.circumstances'],
  ['Остальное потом', 'question.safeContact'],
  ['Только писать сюда', 'question.parents'],
  ['Нет, это небезопасно', 'question.supportRequest'],
  ['Да, хочу помощи', 'question.dataSharing'],
  ['Нет, не передавать', 'summary'],
]

const nyaganCategory: Deed = async (chat) => {
  await chat.tap('‹ Другие темы')
  await ticks('Про нашу семью', 'Нас в семье много детей')(chat)
}

export const minorSubmits: Steps = [['Отправить', 'status']]

/** Submits a parent's request from start to end; returns its number. */
export const submitAsParent = async (chat: Chat, danger?: string): Promise<string> => {
  await chat.play([...parentAnswers(danger), ...adultSubmits])
  const number = /\d{4}-\d{6}/.exec(chat.text())?.[0]
  if (!number) throw new Error(`no number on the card: ${chat.text()}`)
  return number
}
