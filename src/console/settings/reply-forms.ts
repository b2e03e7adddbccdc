import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import {
  addQuickReply,
  changeQuickReply,
  removeQuickReply,
  type ReplyFault,
  replyFaults,
} from '#features/messages/quick-replies.ts'
import type { Reader } from '#storage/database.ts'
import { quickReplies, replyContent, replyTones } from '#storage/messages/quick-replies.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { askSettingsPage } from './key-pages.ts'
import { neighbours } from './neighbours.ts'
import { contentTyped, replyFields } from './reply-fields.ts'
import { repliesOnPage, repliesPage, repliesPath, replyPage, toneName } from './reply-pages.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ id: z.uuid() })
const orderFields = z.object({ act: z.string().max(60), page: z.string().max(4).default('1') })

/** «Быстрые ответы»: texts that staff choose instead of typing them, in three tones. */
export const registerReplies = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  const found = async (reader: Reader, id: string) => {
    const reply = (await quickReplies(reader)).find((one) => one.id === id)
    if (!reply) throw new DomainError('not-found')
    return reply
  }

  page(
    console,
    repliesPath,
    { for: supervisors, query: z.object({ page: z.coerce.number().int().min(1).max(20) }) },
    async (visit) => {
      const all = await quickReplies(database)
      const last = Math.max(0, Math.ceil(all.length / repliesOnPage) - 1)
      return repliesPage(visit, all, Math.min((visit.query.page ?? 1) - 1, last))
    },
  )

  page(console, `${repliesPath}/new`, { for: supervisors }, async (visit) =>
    replyPage(visit, { reply: null, typed: null }),
  )

  form(console, repliesPath, { for: supervisors, fields: replyFields }, async (tx, visit) => {
    const { staff, now, fields: typed } = visit
    const given = contentTyped(typed)
    const problems = problemsOf(visit, replyFaults(given))
    if (problems.length > 0) return { again: replyPage(visit, { reply: null, typed, problems }) }
    const id = await addQuickReply(tx, { by: { staff }, content: replyContent.parse(given), now })
    return { to: `${repliesPath}/${id}`, done: 'replySaved' }
  })

  form(
    console,
    `${repliesPath}/order`,
    { for: supervisors, fields: orderFields },
    async (tx, { staff, now, fields: { act, page } }) => {
      for (const { id, position } of neighbours(await quickReplies(tx), act))
        await changeQuickReply(tx, { id, position, by: { staff }, now })
      return { to: `${repliesPath}?page=${Number(page) || 1}` }
    },
  )

  page(console, `${repliesPath}/:id`, { for: supervisors, params }, async (visit) =>
    replyPage(visit, { reply: await found(database, visit.params.id), typed: null }),
  )

  form(
    console,
    `${repliesPath}/:id`,
    { for: supervisors, params, fields: replyFields },
    async (tx, visit) => {
      const { staff, now, fields: typed, params } = visit
      const reply = await found(tx, params.id)
      const given = contentTyped(typed)
      const problems = problemsOf(visit, replyFaults(given))
      if (problems.length > 0) return { again: replyPage(visit, { reply, typed, problems }) }
      await changeQuickReply(tx, { id: reply.id, content: replyContent.parse(given), by: { staff }, now })
      return { to: `${repliesPath}/${reply.id}`, done: 'replySaved' }
    },
  )

  page(console, `${repliesPath}/:id/remove`, { for: supervisors, params }, async (visit) => {
    const { say } = visit
    const { id, content } = await found(database, visit.params.id)
    return askSettingsPage(visit, {
      part: 'replies',
      title: say.label('consoleSettings.removeOf', { name: content.title.ru }),
      what: say.label('consoleSettings.replies.removeWhat'),
      yes: say.label('consoleSettings.remove'),
      ...{ action: `${repliesPath}/${id}/remove`, back: `${repliesPath}/${id}` },
    })
  })

  form(
    console,
    `${repliesPath}/:id/remove`,
    { for: supervisors, params },
    async (tx, { staff, now, params: { id } }) => {
      await removeQuickReply(tx, { id, by: { staff }, now })
      return { to: repliesPath, done: 'replyRemoved' }
    },
  )
}

/** What does not fit, by field: «Тепло, ребёнку: …». */
const problemsOf = (visit: Visit, faults: readonly ReplyFault[]): string[] => {
  const { say } = visit
  const all = faults.map(({ field, braces }) => {
    const [first, language, tone, whom = 'adult'] = field.split('.')
    if (first === 'title') return say.label('consoleSettings.replies.problems.title')
    const named = replyTones.find((one) => one === tone) ?? 'plain'
    const where = [
      toneName(visit, named),
      say.label(`consoleSettings.replies.whom.${whom === 'minor' ? 'minor' : 'adult'}`),
      ...(language === 'en' ? [say.label('consoleSettings.english')] : []),
    ].join(', ')
    if (braces.length > 0)
      return say.label('consoleSettings.replies.problems.braces', { where, what: braces.join(', ') })
    return say.label('consoleSettings.replies.problems.text', { where })
  })
  return [...new Set(all)]
}
