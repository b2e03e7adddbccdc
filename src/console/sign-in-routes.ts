import type { FastifyReply, FastifyRequest } from 'fastify'
import { canEnter, consoleTokenOf, enterByLink } from '#features/console/console-access.ts'
import { html } from '#http/markup.ts'
import { endConsoleSession } from '#storage/console/console-access.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { noticePage } from './failure-pages.ts'
import { isFormOf } from './form-markup.ts'
import { documentOf } from './layout.ts'
import type { Console } from './routes.ts'
import { sectionPath } from './sections.ts'
import { seeOther, sendHtml } from './send.ts'
import { dropSession, keepSession } from './session-cookie.ts'
import { typedIn } from './typed.ts'

export type Entrance = {
  /** Counts a failed try; answers that there were too many, or that the link leads nowhere. */
  miss(request: FastifyRequest, reply: FastifyReply, failure: 'gone'): Promise<FastifyReply>
  limit: <T>(work: () => Promise<T>) => Promise<T>
  sayTo(request: FastifyRequest): ReturnType<ConsoleDeps['texts']['for']>
  secure(): boolean
}

/** The way in by a one-time link, and the way out. */
export const registerSignIn = (console: Console, { miss, limit, sayTo, secure }: Entrance): void => {
  const { app, deps, within } = console
  const { database, sealer, clock } = deps
  type Link = { Params: { token: string }; Querystring: { to?: unknown } }

  // Opening takes a tap, because link previews of messengers would use up a one-time link.
  app.get<Link>('/console/enter/:token', async (request, reply) => {
    const token = consoleTokenOf(sealer, request.params.token)
    const open = token !== null && (await limit(() => canEnter(database, token, clock.now())))
    if (!open) return miss(request, reply, 'gone')
    const say = sayTo(request)
    const title = say.label('console.enter.title')
    const body = html`<main class="notice"><h1>${title}</h1><p>${say.label('console.enter.text')}</p>
<form method="post"><button>${say.label('console.enter.button')}</button></form></main>`
    return sendHtml(reply, documentOf(say, { title, body, live: false }))
  })

  app.post<Link>('/console/enter/:token', async (request, reply) => {
    const token = consoleTokenOf(sealer, request.params.token)
    const now = clock.now()
    const opened =
      token === null ? null : await limit(() => database.transaction((tx) => enterByLink(tx, { token, now })))
    if (!opened) return miss(request, reply, 'gone')
    keepSession(reply, opened.session, { secure: secure() })
    return seeOther(reply, sectionPath(request.query.to))
  })

  app.post('/console/exit', (request, reply) =>
    within(request, reply, async ({ session, say, now }) => {
      if (!isFormOf(sealer, session.id, String(typedIn(request.body).csrf ?? '')))
        return sendHtml(reply, noticePage(say, 'refused'), 403)
      await database.transaction((tx) => endConsoleSession(tx, { id: session.id }, now))
      dropSession(reply, { secure: secure() })
      return sendHtml(reply, noticePage(say, 'left'))
    }),
  )
}
