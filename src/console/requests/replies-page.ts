import { repliesForRequest } from '#features/messages/quick-replies.ts'
import { html } from '#http/markup.ts'
import { readyList, readyPages } from '../ready-replies.ts'
import { type Console, page } from '../routes.ts'
import { titleOf } from './card-head.ts'
import { withId, workers } from './card-routes.ts'
import { loadCase } from './load-card.ts'

/** Ready answers to whoever made a request. */
export const registerReadyReplies = (console: Console): void => {
  const { deps } = console
  page(
    console,
    '/console/requests/:id/replies',
    { for: workers, params: withId, query: readyPages },
    async (visit) => {
      const { say, staff, now, params, query } = visit
      const request = await loadCase(visit, params.id)
      const asked = { requestId: request.id, staff, now }
      const replies = await deps.database.transaction((tx) => repliesForRequest(tx, deps, asked))
      const card = `/console/requests/${request.id}`
      const title = say.label('console.ready.title')
      return {
        ...{ title, section: 'requests', place: `requests/${request.id}` },
        body: html`<p class="note crumb"><a href="${card}#write">${titleOf(visit, request)}</a></p><h1>${title}</h1>
${readyList(visit, { replies, page: query.page, form: (chosen) => `${card}?${chosen}#write` })}`,
      }
    },
  )
}
