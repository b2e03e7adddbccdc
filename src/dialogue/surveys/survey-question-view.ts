import { escapeHtml, type Say } from '#core/text.ts'
import type { Button, Picture, View } from '#dialogue/view.ts'
import type { SpokenQuestion } from '#features/surveys/spoken-questions.ts'
import type { Answer } from '#surveys/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

export type SurveyQuestionFacts = {
  /** What the survey is about. */
  title: string
  /** «Question 2 of 6» on the current path. */
  number: number
  total: number
  question: SpokenQuestion
  /** The stored answer; null if there is none. */
  answer: Answer | null
  /** Codes, of a question with several answers. */
  ticked: readonly string[]
  picture: Picture | null
  /** The longest answer in words. */
  longest: number
  problem?: 'too-long' | 'no-words' | 'tick-one'
}

/** One question per card, with the stored answer ticked. */
export const surveyQuestionView = (builder: CardBuilder, facts: SurveyQuestionFacts): View => {
  const { say, button } = builder
  const { title, number, total, question, answer, picture, longest, problem } = facts
  const { rows, more } = bodies[question.kind](builder, facts)
  const html = paragraphs(
    problem && `⚠️ ${say.t(`survey.problems.${problem}`, { longest })}`,
    say.t('survey.question', { title, number, total }),
    `<b>${escapeHtml(question.words)}</b>`,
    more,
  )
  const past = [
    ...(answer !== null ? [button(say.label('survey.next'), 'yes')] : []),
    ...(question.required || (answer !== null && isPassedOver(answer))
      ? []
      : [button(say.label(answer === null ? 'question.skip' : 'survey.clear'), 'skip')]),
  ]
  return builder.card('survey-question', html, [...rows, ...(past.length > 0 ? [past] : [])], {
    ...(picture && { picture }),
  })
}

type Body = { rows: Button[][]; more?: string }

const choosing = (builder: CardBuilder, { question, answer }: SurveyQuestionFacts): Body => {
  const chosen =
    answer?.number === undefined || answer.number === null ? answer?.codes : [String(answer.number)]
  return offered(builder, question.choices, (arg) => ({
    ticked: chosen?.includes(arg) === true,
    action: 'set',
  }))
}

const bodies: Record<SpokenQuestion['kind'], (builder: CardBuilder, facts: SurveyQuestionFacts) => Body> = {
  scale: choosing,
  one: choosing,
  many: (builder, { question, ticked }) => {
    const { rows, more } = offered(builder, question.choices, (code) =>
      ticked.includes(code) ? { ticked: true, action: 'untick' } : { ticked: false, action: 'tick' },
    )
    const done = ticked.length === 0 ? 'question.done' : 'question.doneTicked'
    return {
      rows: [...rows, [builder.button(builder.say.label(done, { ticked: ticked.length }), 'done')]],
      more: paragraphs(more, builder.say.t('survey.several')),
    }
  },
  'yes-no': ({ say, button }, { answer }) => ({
    rows: [
      [
        button(mark(answer?.number === 1) + say.label('survey.yes'), 'set', '1'),
        button(mark(answer?.number === 0) + say.label('survey.no'), 'set', '0'),
      ],
    ],
  }),
  ten: ({ say, button }, { question, answer }) => {
    const numbers = Array.from({ length: 11 }, (_, number) =>
      button(mark(answer?.number === number) + String(number), 'set', String(number)),
    )
    const [least, most] = question.ends ?? ['', '']
    return { rows: inRows(numbers, 4), more: say.t('survey.ends', { least, most }) }
  },
  text: ({ say }, { answer, longest }) => ({
    rows: [],
    more: paragraphs(
      answer?.text && say.t('survey.written', { text: answer.text }),
      say.t('survey.words', { longest }),
    ),
  }),
}

type Choice = { ticked: boolean; action: 'set' | 'tick' | 'untick' }

/** Room for a tick beside it. */
const longestLabel = 22

/** Words on the buttons where all of them fit; else numbers, and the words above. */
const offered = (
  { button }: CardBuilder,
  choices: SpokenQuestion['choices'],
  choice: (arg: string) => Choice,
): Body => {
  const short = choices.every(({ words }) => [...words].length <= longestLabel)
  const buttons = choices.map(({ arg, words }, index) => {
    const { ticked, action } = choice(arg)
    return button(mark(ticked) + (short ? words : String(index + 1)), action, arg)
  })
  if (short) return { rows: buttons.map((one) => [one]) }
  const lines = choices.map(({ words }, index) => `${index + 1} – ${escapeHtml(words)}`)
  return { rows: inRows(buttons, buttons.length > 5 ? 4 : 5), more: lines.join('\n') }
}

const mark = (ticked: boolean): string => (ticked ? '✓ ' : '')

const inRows = (buttons: readonly Button[], size: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / size) }, (_, row) =>
    buttons.slice(row * size, (row + 1) * size),
  )

const isPassedOver = ({ number, codes, text }: Answer): boolean =>
  number === null && codes.length === 0 && text === null

/** An answer as it is checked before sending; not escaped. */
export const answerInWords = (say: Say, { kind, choices }: SpokenQuestion, answer: Answer | null): string => {
  if (answer === null || isPassedOver(answer)) return say.label('survey.passedOver')
  const { number, codes, text } = answer
  if (text !== null) return text
  if (kind === 'yes-no') return say.label(number === 1 ? 'survey.yes' : 'survey.no')
  if (kind === 'ten') return String(number)
  const chosen = number === null ? codes : [String(number)]
  return choices
    .filter(({ arg }) => chosen.includes(arg))
    .map(({ words }) => words)
    .join('; ')
}
