import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { type Body, endRow, type QuestionFacts, tickedLine, tickRow, wholeNames } from './option-rows-view.ts'

/** What has happened, by choosing from a list: the topics first, then what is in the topic. */
export const topicsBody = (builder: CardBuilder, facts: QuestionFacts): Body => {
  const { say, button } = builder
  const { topics, page, offered, ticked } = facts
  const name = (code: string) => say.label(`regions.shared.groups.${code}`)
  const topic = topics[page - 1]
  const marked = (codes: readonly string[]) => (codes.some((code) => ticked.includes(code)) ? '✓ ' : '')
  const end = endRow(builder, facts)
  if (topic)
    return {
      rows: [
        ...topic.needs.map(tickRow(builder, facts)),
        [button(say.label('question.circumstances.topics'), 'page', '0')],
        ...(ticked.length > 0 ? [end] : []),
      ],
      more: paragraphs(
        `<b>${say.t(`regions.shared.groups.${topic.code}`)}</b>`,
        wholeNames(builder, facts, topic.needs),
        tickedLine(builder, facts),
      ),
    }
  return {
    rows: [
      ...offered.map(tickRow(builder, facts)),
      ...topics.map(({ code, needs }, at) => [
        button(`${marked(needs)}${name(code)} ›`, 'page', String(at + 1)),
      ]),
      end,
    ],
    more: paragraphs(
      offered.length > 0 && say.t('question.circumstances.offered'),
      wholeNames(builder, facts, offered),
      tickedLine(builder, facts),
    ),
  }
}
