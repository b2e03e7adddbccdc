import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { Answers } from '#features/intake/answers.ts'
import type { Page } from '#features/intake/option-pages.ts'
import type { Question } from '#features/intake/questions.ts'
import type { Reading } from '#features/intake/typed/reading.ts'
import type { Region } from '#regions/schema.ts'
import type { Button, View } from '../view.ts'
import { optionButton, optionLabel } from './option-label-view.ts'
import { readingsBody } from './reading-view.ts'

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
  /** How typed words were understood: asked before anything else. */
  readings?: readonly Reading[]
}

/** One question per card: the subject, the question, then what happens with the answer. */
export const questionView = (builder: CardBuilder, facts: QuestionFacts): View => {
  const { say } = builder
  const { question, problem, organisation } = facts
  const key = `question.${question.id}`
  const head = problem && `⚠️ ${say.t(`question.problems.${problem}`)}`
  const { readings, region } = facts
  const body = readings
    ? readingsBody(builder, { readings, region: region.code })
    : bodies[question.kind](builder, facts)
  const html = paragraphs(
    head,
    say.t(`${key}.title`, { organisation }),
    !readings && say.has(`${key}.hint`) && say.t(`${key}.hint`),
    body.more,
  )
  const offer = question.kind === 'phone' && {
    offerContact: {
      hint: say.t('question.phone.contactHint'),
      label: say.label('question.phone.contactButton'),
    },
  }
  return builder.card(key, html, body.rows, { back: true, ...offer })
}

type Body = { rows: Button[][]; more?: string }

const bodies: Record<Question['kind'], (builder: CardBuilder, facts: QuestionFacts) => Body> = {
  one: (builder, { question, region, answers }) => {
    const rows = (question.options?.(region, answers) ?? []).map((code) => {
      const mark = answers[question.id] === code ? '✓ ' : ''
      return [builder.button(mark + optionButton(builder.say, region.code, question.id, code), 'set', code)]
    })
    return { rows }
  },
  many: (builder, facts) => {
    const { question, region, ticked, pages } = facts
    const shown = Math.min(facts.page, pages.length - 1)
    const current = pages[shown] ?? { group: null, codes: [] }
    const name = (code: string) => optionLabel(builder.say, region.code, question.id, code)
    const short = (code: string) => optionButton(builder.say, region.code, question.id, code)
    const toggle = (code: string) =>
      ticked.includes(code)
        ? [builder.button(`✓ ${short(code)}`, 'untick', code)]
        : [builder.button(short(code), 'tick', code)]
    const whole = current.codes
      .filter((code) => short(code) !== name(code))
      .map((code) => builder.say.t('question.whole', { short: short(code), name: name(code) }))
    const turnPage = [
      ...pager(builder, {
        back: shown > 0 ? shown - 1 : null,
        on: shown < pages.length - 1 ? shown + 1 : null,
      }),
    ]
    const label = ticked.length === 0 ? 'question.done' : 'question.doneTicked'
    const done = builder.button(builder.say.label(label, { ticked: ticked.length }), 'done')
    const heading =
      current.group !== null &&
      builder.say.t('question.group', {
        group: builder.say.label(`regions.shared.groups.${current.group}`),
        page: shown + 1,
        pages: pages.length,
      })
    return {
      rows: [...current.codes.map(toggle), ...(turnPage.length > 0 ? [turnPage] : []), [done]],
      more: paragraphs(
        heading,
        whole.join('\n'),
        ticked.length > 0 && builder.say.t('question.ticked', { list: ticked.map(name).join('; ') }),
      ),
    }
  },
  words: (builder, { question }) => {
    // Nobody has to type anything.
    const label = question.optional ? 'question.skip' : question.id === 'name' ? 'question.name.none' : null
    return { rows: label === null ? [] : [[builder.button(builder.say.label(label), 'skip')]] }
  },
  date: () => ({ rows: [] }),
  years: (builder, { question }) => ({
    rows: [[builder.button(builder.say.label(`question.${question.id}.none`), 'skip')]],
  }),
  phone: (builder) => ({
    rows: [[builder.button(builder.say.label('question.phone.telegramOnly'), 'set', 'telegram-only')]],
  }),
  consent: ({ say, button }, { question: { id } }) => ({
    rows: [
      [button(say.label(`question.${id}.agree`), 'agree')],
      [button(say.label(`question.${id}.refuse`), 'refuse')],
      [button(say.label('question.fullText'), 'full')],
    ],
  }),
}
