import type { ChatTypeContext, Context } from 'grammy'
import type { Texts } from '#core/text.ts'

const quietMs = 10 * 60 * 1000
const mostGroups = 1000

/**
 * In groups, replies at most every ten minutes that the bot works in private chats only, and ignores everything else.
 */
export const answerGroup = (texts: Texts) => {
  const lastAnswer = new Map<number, number>()
  return async (ctx: ChatTypeContext<Context, 'group' | 'supergroup' | 'channel'>) => {
    const sentAt = (ctx.message?.date ?? 0) * 1000
    const last = lastAnswer.get(ctx.chat.id) ?? -quietMs
    if (!ctx.message || sentAt - last < quietMs) return
    if (lastAnswer.size >= mostGroups) lastAnswer.clear()
    lastAnswer.set(ctx.chat.id, sentAt)
    await ctx.reply(texts.for('ru', 'adult').label('unsupported.group', { bot: ctx.me.username }))
  }
}
