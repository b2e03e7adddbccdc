import { formatBirthDate } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { Answers, QuestionId } from '#features/intake/answers.ts'
import type { Question } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import { fileName } from '../messages/file-name-view.ts'
import { optionLabel } from './option-label-view.ts'

const freeText: readonly QuestionId[] = ['territoryWords', 'whichFamily', 'name', 'ownWords']

/** One answer in words, escaped for a card; long stories are shown by their beginning. */
export const answerInWords = (
  say: Say,
  region: Region,
  id: QuestionId,
  answers: Answers,
  longest = 300,
): string => {
  const answer = answers[id]
  if (id === 'ownWords' && answers.ownFiles) return storyInWords(say, answers, longest)
  if (answer === null || answer === undefined) return say.t('summary.empty')
  if (id === 'birthDate') return formatBirthDate(say, String(answer))
  if (id === 'phone')
    return answer === 'telegram-only' ? say.t('question.phone.telegramOnly') : escapeHtml(String(answer))
  if (id === 'children') return childrenInWords(say, answers.children ?? [])
  if (freeText.includes(id)) return escapeHtml(shorten(String(answer), longest))
  const label = (code: unknown) => escapeHtml(optionLabel(say, region.code, id, String(code)))
  return [answer].flat().map(label).join('; ')
}

/** What was sent stands for words, or beside them. */
const storyInWords = (say: Say, { ownWords, ownFiles = [] }: Answers, longest: number): string =>
  [
    ownWords && escapeHtml(shorten(ownWords, longest)),
    ...new Set(ownFiles.map((file) => fileName(say, file))),
  ]
    .filter(Boolean)
    .join('\n')

const childrenInWords = (say: Say, years: readonly number[]): string =>
  years.length === 0
    ? say.t('question.children.none')
    : say.t('summary.children', { count: years.length, years: years.join(', ') })

const shorten = (text: string, longest: number): string => {
  const letters = [...text]
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text
}

/** The answers of a path, a line each: «Район: Ленинский». */
export const answerLines = (
  say: Say,
  region: Region,
  path: readonly Question[],
  answers: Answers,
  longest?: number,
): string =>
  path
    .map(
      ({ id }) =>
        `<b>${say.t(`question.${id}.short`)}:</b> ${answerInWords(say, region, id, answers, longest)}`,
    )
    .join('\n')
