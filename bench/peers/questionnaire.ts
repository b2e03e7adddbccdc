/**
 * The questionnaire of (b) and (c): the same questions in the same order as the product's intake, for a parent who skips
 * none, with texts and keyboards of about the same size. Shared, so that only the framework differs.
 */
export type Question = {
  key: string
  text: string
  /** Absent for free text. */
  options?: string[]
  many?: true
  accepts?: RegExp
}
export type Answers = Record<string, string | string[]>
export type Keyboard = { inline_keyboard: { text: string; callback_data: string }[][] }
export type Card = { text: string; reply_markup: Keyboard }

/** In the order of the product; the summary, on which one submits, comes last. */
export const asked: Question[] = [
  {
    key: 'applicant',
    text: 'Кто обращается за помощью?\nОт этого зависит, какие вопросы будут дальше.',
    options: ['Я родитель', 'Я опекун или попечитель', 'Мне меньше 18 лет', 'Я беспокоюсь за другую семью'],
  },
  {
    key: 'personal-data',
    text: 'Согласие на обработку персональных данных.\nЦентр помощи семье и детям хранит ответы, чтобы рассмотреть заявление. Согласие действует один год, его можно отозвать в любой момент в разделе «Мои данные». Полный текст – в документе.',
    options: ['Даю согласие', 'Не согласен на это'],
  },
  {
    key: 'story',
    text: 'Расскажите своими словами, если хотите.\nДо 2000 знаков. Это увидит только специалист, который возьмёт заявление.',
    accepts: /^[\s\S]{1,2000}$/,
  },
  {
    key: 'danger',
    text: 'Кому-то из семьи сейчас угрожает опасность?\nЕсли да, сначала позвоните 112: это быстрее, чем заявление.',
    options: ['Да, сейчас', 'Нет', 'Не знаю'],
  },
  {
    key: 'territory',
    text: 'Где живёт семья?\nЗаявление получит специалист этого района.',
    options: [
      'Ставрополь',
      'Михайловск',
      'Невинномысск',
      'Пятигорск',
      'Кисловодск',
      'Ессентуки',
      'Георгиевск',
      'Будённовск',
      'Другое',
    ],
  },
  {
    key: 'topic',
    text: 'О чём это?\nВыберите тему, в ней можно будет отметить, что происходит.',
    options: [
      'Деньги и работа',
      'Жильё и быт',
      'Здоровье',
      'Отношения дома',
      'Родителям трудно',
      'Ребёнок: чувства и поведение',
      'Ребёнок: школа и учёба',
      'Не знаю, как назвать',
    ],
  },
  {
    key: 'circumstances',
    many: true,
    text: 'Что происходит?\nМожно отметить несколько ответов. Специалист увидит их вместе с заявлением.',
    options: [
      'Не хватает денег на жизнь',
      'Потеряли работу',
      'Болезнь или инвалидность',
      'Трудно с жильём',
      'Конфликты дома',
      'Развод или расставание',
      'Ребёнок не ходит в школу',
      'Не знаю, как назвать',
    ],
  },
  {
    key: 'help',
    many: true,
    text: 'Какая помощь нужна?\nМожно отметить несколько ответов.',
    options: ['Медицинская', 'Психологическая', 'Педагогическая', 'Юридическая', 'Социальная'],
  },
  {
    key: 'years',
    text: 'В какие годы родились дети?\nНапишите через запятую, например: 2014, 2017.',
    accepts: /^\s*(19|20)\d\d(\s*,\s*(19|20)\d\d)*\s*$/,
  },
  {
    key: 'safety',
    text: 'Безопасно ли вам звонить и писать?\nОтвет увидит специалист до первого звонка.',
    options: ['Да', 'Только писать', 'Только звонить', 'Нет, это небезопасно'],
  },
  { key: 'name', text: 'Как к вам обращаться?\nДостаточно имени.', accepts: /^.{1,100}$/ },
  {
    key: 'phone',
    text: 'По какому телефону можно позвонить?\nНапишите номер, например: +7 962 400-12-34.',
    accepts: /^\+?[\d\s()-]{10,20}$/,
  },
  { key: 'hours', text: 'Когда удобно говорить?', options: ['Утром', 'Днём', 'Вечером', 'В любое время'] },
  {
    key: 'support-request',
    text: 'Заявление о социальном сопровождении.\nПрошу принять семью на социальное сопровождение. С порядком предоставления услуг и сроками меня ознакомили.',
    options: ['Прошу о сопровождении', 'Пока не надо'],
  },
  {
    key: 'data-sharing',
    text: 'Передача данных другим организациям (межведомственное взаимодействие).\nМожно не соглашаться: на заявление это не влияет.',
    options: ['Разрешаю', 'Не разрешаю'],
  },
]

const always: Keyboard['inline_keyboard'] = [
  [
    { text: 'Назад', callback_data: 'back' },
    { text: 'Меню', callback_data: 'menu' },
  ],
  [{ text: 'Срочно нужна помощь', callback_data: 'crisis' }],
]

export const questionCard = (at: number, chosen: string[] = []): Card => {
  const question = asked[at]
  if (!question) throw new Error(`There is no question ${at}`)
  const rows = (question.options ?? []).map((text, option) => [
    { text: chosen.includes(text) ? `✓ ${text}` : text, callback_data: `${at}:${option}` },
  ])
  if (question.many) rows.push([{ text: 'Дальше', callback_data: `${at}:next` }])
  return {
    text: `<b>${at + 1} из ${asked.length}</b>\n${question.text}`,
    reply_markup: { inline_keyboard: [...rows, ...always] },
  }
}

export const summaryCard = (answers: Answers): Card => ({
  text: `<b>Всё верно?</b>\n${asked.map(({ key, text }) => `${text.split('\n')[0]} – <i>${escapeHtml(String(answers[key]))}</i>`).join('\n')}`,
  reply_markup: {
    inline_keyboard: [
      [{ text: 'Отправить', callback_data: 'submit' }],
      ...asked.map(({ key }, at) => [{ text: `Изменить: ${key}`, callback_data: `change:${at}` }]),
      ...always,
    ],
  },
})

export const doneText = (number: string): string =>
  `Заявление ${number} принято.\nСпециалист напишет в течение трёх рабочих дней. Отозвать заявление можно в любой момент.`

const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** The meaning of a tap on card `at`; undefined for a tap on an older card, or on a button common to all cards. */
export const readTap = (at: number, data: string): number | 'next' | undefined => {
  const [card, option] = data.split(':')
  if (Number(card) !== at || option === undefined) return undefined
  return option === 'next' ? 'next' : Number(option)
}
