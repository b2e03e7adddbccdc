import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { Question } from '#features/intake/questions.ts'
import type { Button, View } from '../view.ts'
import { optionButton } from './option-label-view.ts'
import { type Body, endRow, type QuestionFacts, tickedLine, tickRow, wholeNames } from './option-rows-view.ts'
import { readingsBody } from './reading-view.ts'
import { topicsBody } from './topics-view.ts'

/** One question per card: the subject, the question, then what happens with the answer. */
export const questionView = (builder: CardBuilder, facts: QuestionFacts): View => {
  const { say } = builder
  const { question, answers, problem, organisation, outside, count, firstOfMinor, explained } = facts
  const key = `question.${question.id}`
  // On the short way some texts are as short as the truth allows; the full text of a consent is a tap away.
  const short = answers.short && say.has(`${key}.shortWay.title`)
  const text = (part: string): string | false => {
    const own = short ? `${key}.shortWay.${part}` : `${key}.${part}`
    const outsiders = `${key}.${part}Outsider`
    const wording = outside && say.has(outsiders) ? outsiders : own
    return say.has(wording) && say.t(wording, { organisation })
  }
  const body = bodyOf(builder, facts)
  const explains = say.has(`${key}.explanation`)
  const html = paragraphs(
    problem && `⚠️ ${say.t(`question.problems.${problem}`)}`,
    count && `<i>${say.t('question.step', count)}</i>`,
    // The consent says itself what the centre must report.
    firstOfMinor &&
      say.t(answers.short || question.kind === 'consent' ? 'question.whoSeesShort' : 'question.whoSees'),
    text('title'),
    !facts.readings && text('hint'),
    explained && explains && text('explanation'),
    body.more,
  )
  const what = explains && !explained ? [[builder.button(say.label('question.whatIsThis'), 'full')]] : []
  const offer = question.kind === 'phone' && {
    offerContact: {
      hint: say.t('question.phone.contactHint'),
      label: say.label('question.phone.contactButton'),
    },
  }
  const rows = [...body.rows, ...what, ...skipRows(builder, facts)]
  return builder.card(key, html, rows, { back: true, ...offer })
}

/** What the specialist can ask later may be skipped; in the details, all of the rest, too. */
const skipRows = (
  { say, button }: CardBuilder,
  { question, changing, unsure }: QuestionFacts,
): Button[][] => {
  if (!question.later || changing) return []
  // The others have a button of their own that says so.
  const silent =
    question.kind === 'one'
      ? unsure === null
      : question.id !== 'name' && (question.kind === 'words' || question.kind === 'years')
  return [
    ...(silent ? [[button(say.label('question.skip'), 'skip', 'this')]] : []),
    ...(question.step === 'details' ? [[button(say.label('question.rest'), 'skip', 'rest')]] : []),
  ]
}

const bodyOf = (builder: CardBuilder, facts: QuestionFacts): Body => {
  const { question, readings, region } = facts
  if (readings) return readingsBody(builder, { readings, region: region.code })
  return question.id === 'circumstances' ? topicsBody(builder, facts) : bodies[question.kind](builder, facts)
}

const bodies: Record<Question['kind'], (builder: CardBuilder, facts: QuestionFacts) => Body> = {
  one: (builder, { question, region, answers }) => {
    const rows = (question.options?.(region, answers) ?? []).map((code) => {
      const mark = [answers[question.id]].flat().some((one) => one === code) ? '✓ ' : ''
      return [builder.button(mark + optionButton(builder.say, region.code, question.id, code), 'set', code)]
    })
    return { rows }
  },
  many: (builder, facts) => {
    const { pages } = facts
    const shown = Math.min(facts.page, pages.length - 1)
    const turnPage = pager(builder, {
      back: shown > 0 ? shown - 1 : null,
      on: shown < pages.length - 1 ? shown + 1 : null,
    })
    const codes = pages[shown] ?? []
    const rows = codes.map(tickRow(builder, facts))
    return {
      rows: [...rows, ...(turnPage.length > 0 ? [turnPage] : []), endRow(builder, facts)],
      more: paragraphs(wholeNames(builder, facts, codes), tickedLine(builder, facts)),
    }
  },
  words: ({ say, button }, { question, changing }) => {
    // Nobody has to type anything.
    if (question.id === 'name') return { rows: [[button(say.label('question.name.none'), 'skip')]] }
    if (!question.optional) return { rows: [] }
    const list = question.id === 'ownWords' && !changing
    return {
      rows: [
        ...(list ? [[button(say.label('question.ownWords.list'), 'change')]] : []),
        [button(say.label('question.skip'), 'skip')],
      ],
    }
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
