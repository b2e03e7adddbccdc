import type { Answers } from '#features/intake/answers.ts'
import type { Page } from '#features/intake/option-pages.ts'
import type { Question } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import type { Button, View } from '../view.ts'
import { optionLabel } from './option-label-view.ts'
import { type Pen, paragraphs } from '#dialogue/card-builder.ts'

export type QuestionFacts = {
  question: Question
  region: Region
  answers: Answers
  /** Of a question with several answers: its options, page by page. */
  pages: readonly Page[]
  page: number
  ticked: readonly string[]
  organisation: string
  /** The first of the path: there is no question to go back to. */
  first: boolean
  problem?: string
}

/** One question a card: first what it is about, then the question, last what happens with the answer. */
export const questionView = (pen: Pen, facts: QuestionFacts): View => {
  const { say } = pen
  const { question, problem, organisation } = facts
  const key = `question.${question.id}`
  const head = problem && `⚠️ ${say.t(`question.problems.${problem}`)}`
  const body = bodies[question.kind](pen, facts)
  const html = paragraphs(
    head,
    say.t(`${key}.title`, { organisation }),
    say.has(`${key}.hint`) && say.t(`${key}.hint`),
    body.more,
  )
  const offer = question.kind === 'phone' && {
    offerContact: {
      hint: say.t('question.phone.contactHint'),
      label: say.label('question.phone.contactButton'),
    },
  }
  return pen.card(key, html, body.rows, { back: true, ...offer })
}

type Body = { rows: Button[][]; more?: string }

const bodies: Record<Question['kind'], (pen: Pen, facts: QuestionFacts) => Body> = {
  one: (pen, { question, region, answers }) => {
    const rows = (question.options?.(region, answers) ?? []).map((code) => {
      const mark = answers[question.id] === code ? '✓ ' : ''
      return [pen.button(mark + optionLabel(pen.say, region.code, question.id, code), 'set', code)]
    })
    return { rows }
  },
  many: (pen, facts) => {
    const { question, region, ticked, pages } = facts
    const shown = Math.min(facts.page, pages.length - 1)
    const current = pages[shown] ?? { group: null, codes: [] }
    const name = (code: string) => optionLabel(pen.say, region.code, question.id, code)
    const toggle = (code: string) =>
      ticked.includes(code)
        ? [pen.button(`✓ ${name(code)}`, 'untick', code)]
        : [pen.button(name(code), 'tick', code)]
    const turnPage = [
      ...(shown > 0
        ? [pen.button(`‹ ${pen.say.label('question.pageBack')}`, 'page', String(shown - 1))]
        : []),
      ...(shown < pages.length - 1
        ? [pen.button(`${pen.say.label('question.pageOn')} ›`, 'page', String(shown + 1))]
        : []),
    ]
    const label = ticked.length === 0 ? 'question.done' : 'question.doneTicked'
    const done = pen.button(pen.say.label(label, { ticked: ticked.length }), 'done')
    const heading =
      current.group !== null &&
      pen.say.t('question.group', {
        group: pen.say.label(`regions.shared.groups.${current.group}`),
        page: shown + 1,
        pages: pages.length,
      })
    return {
      rows: [...current.codes.map(toggle), ...(turnPage.length > 0 ? [turnPage] : []), [done]],
      more: paragraphs(
        heading,
        ticked.length > 0 && pen.say.t('question.ticked', { list: ticked.map(name).join('; ') }),
      ),
    }
  },
  words: (pen, { question }) => ({
    rows: question.optional ? [[pen.button(pen.say.label('question.skip'), 'skip')]] : [],
  }),
  date: () => ({ rows: [] }),
  years: (pen, { question }) => ({
    rows: [[pen.button(pen.say.label(`question.${question.id}.none`), 'skip')]],
  }),
  phone: (pen) => ({
    rows: [[pen.button(pen.say.label('question.phone.telegramOnly'), 'set', 'telegram-only')]],
  }),
  consent: ({ say, button }, { question: { id } }) => ({
    rows: [
      [button(say.label(`question.${id}.agree`), 'agree')],
      [button(say.label(`question.${id}.refuse`), 'refuse')],
      [button(say.label('question.fullText'), 'full')],
    ],
  }),
}
