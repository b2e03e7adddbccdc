import type { Say } from '#core/text.ts'
import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { Answers } from '#features/intake/answers.ts'
import type { Question } from '#features/intake/questions.ts'
import type { Topic } from '#features/intake/topics.ts'
import type { Reading } from '#features/intake/typed/reading.ts'
import type { Region } from '#regions/schema.ts'
import type { Button } from '../view.ts'
import { optionButton, optionLabel } from './option-label-view.ts'

export type QuestionFacts = {
  question: Question
  region: Region
  answers: Answers
  /** Of a question with several answers: its options, page by page. */
  pages: readonly (readonly string[])[]
  /** Of the list that one tells by: page 0 lists the topics, each following one is a topic. */
  topics: readonly Topic[]
  /** Circumstances that the words of the story may be about. */
  offered: readonly string[]
  page: number
  ticked: readonly string[]
  /** The option that says «I do not know», where the question has one. */
  unsure: string | null
  organisation: string
  /** Somebody writes of another family. */
  outside: boolean
  /** The first question to a minor: it says who can see this chat. */
  firstOfMinor: boolean
  changing: boolean
  explained: boolean
  count?: { step: number; steps: number } | null
  problem?: string
  /** How typed words were understood: asked before anything else. */
  readings?: readonly Reading[]
}

export type Body = { rows: Button[][]; more?: string }

type Asked = Pick<QuestionFacts, 'region' | 'question'>

/** The list of circumstances holds the region's categories, too. */
const listOf = ({ region, question }: Asked, code: string): string =>
  question.id === 'circumstances' && region.categories.some((one) => one.code === code)
    ? 'categories'
    : question.id

const nameOf = (say: Say, asked: Asked, code: string): string =>
  optionLabel(say, asked.region.code, listOf(asked, code), code)

const shortOf = (say: Say, asked: Asked, code: string): string =>
  optionButton(say, asked.region.code, listOf(asked, code), code)

/** What stands whole in the text, because it is too long for a button. */
export const wholeNames = ({ say }: CardBuilder, asked: Asked, codes: readonly string[]): string | false =>
  codes
    .map((code) => ({ short: shortOf(say, asked, code), name: nameOf(say, asked, code) }))
    .filter(({ short, name }) => short !== name)
    .map((names) => say.t('question.whole', names))
    .join('\n') || false

/** A button that ticks, or takes the tick away. */
export const tickRow =
  ({ say, button }: CardBuilder, { ticked, ...asked }: QuestionFacts) =>
  (code: string): Button[] => {
    const name = shortOf(say, asked, code)
    return ticked.includes(code) ? [button(`✓ ${name}`, 'untick', code)] : [button(name, 'tick', code)]
  }

/** «Done» once something is ticked; before that «I do not know», which answers at once. */
export const endRow = (
  { say, button }: CardBuilder,
  { region, question, unsure, ticked }: QuestionFacts,
): Button[] => {
  if (ticked.length > 0) return [button(say.label('question.doneTicked', { ticked: ticked.length }), 'done')]
  return unsure === null ? [] : [button(optionLabel(say, region.code, question.id, unsure), 'tick', unsure)]
}

/** What is ticked, in words: other pages show it, too. */
export const tickedLine = ({ say }: CardBuilder, { region, question, ticked }: QuestionFacts) => {
  const list = ticked.map((code) => nameOf(say, { region, question }, code)).join('; ')
  return ticked.length > 0 && say.t('question.ticked', { list })
}
