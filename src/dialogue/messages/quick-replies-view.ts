import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { OfferedReply } from '#features/messages/quick-replies.ts'

const pageSize = 6

const titleOf = (say: Say, { title }: OfferedReply): string =>
  say.language === 'en' ? (title.en ?? title.ru) : title.ru

/** The ready answers by name. */
export const quickRepliesView = (
  builder: CardBuilder,
  { replies, page }: { replies: readonly OfferedReply[]; page: number },
): View => {
  const { say, button } = builder
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < replies.length ? page + 1 : null,
  })
  return builder.card(
    'quick-replies',
    paragraphs(
      say.t('quickReplies.title'),
      say.t(replies.length > 0 ? 'quickReplies.hint' : 'quickReplies.none'),
    ),
    [
      ...replies
        .slice(page * pageSize, (page + 1) * pageSize)
        .map((reply) => [button(titleOf(say, reply), 'set', reply.id)]),
      ...(turns.length > 0 ? [turns] : []),
    ],
    { confidential: true },
  )
}

/** One ready answer as its reader would see it, in each tone. */
export const quickReplyView = (builder: CardBuilder, { reply }: { reply: OfferedReply }): View => {
  const { say, button } = builder
  const whole = reply.tones.filter(({ missing }) => missing.length === 0)
  const missing = [...new Set(reply.tones.flatMap((one) => one.missing))]
  return builder.card(
    'quick-reply',
    paragraphs(
      say.t('quickReplies.one', { title: titleOf(say, reply) }),
      ...reply.tones.map(({ tone, text }) =>
        [`<b>${say.t(`quickReplies.tones.${tone}`)}:</b>`, escapeHtml(text)].join('\n'),
      ),
      missing.length > 0 &&
        say.t('quickReplies.missing', {
          what: missing.map((one) => say.label(`quickReplies.placeholders.${one}`)).join(', '),
        }),
      whole.length > 0 && say.t('quickReplies.then'),
    ),
    whole.map(({ tone }) => [button(say.label(`quickReplies.tones.${tone}`), 'agree', tone)]),
    { confidential: true },
  )
}
