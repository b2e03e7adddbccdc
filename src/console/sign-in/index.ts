import type { FastifyReply, FastifyRequest } from 'fastify'
import { canEnter, consoleTokenOf, enterAs, memberByLink } from '#features/console/console-access.ts'
import { memberByPasskey, passkeyAnswer } from '#features/console/passkeys.ts'
import { endConsoleSession } from '#storage/console/console-access.ts'
import type { Tx } from '#storage/database.ts'
import { noticePage } from '../failure-pages.ts'
import { isFormOf } from '../form-markup.ts'
import type { Console } from '../routes.ts'
import { sectionPath } from '../sections.ts'
import { seeOther, sendHtml } from '../send.ts'
import { dropSession, keepSession } from '../session-cookie.ts'
import { typedIn } from '../typed.ts'
import { type Enter, type Entrance, placeToGo } from './entrance.ts'
import { registerOidc } from './oidc-routes.ts'
import { enteredPage, linkPage, signInPage } from './sign-in-pages.ts'

/** The ways in – a one-time link, a passkey, the centre's own sign-in – and the way out. */
export const registerSignIn = (console: Console, entrance: Entrance): void => {
  const { app, deps, within } = console
  const { database, sealer, clock } = deps
  const { miss, limit, sayTo, secure, originOf } = entrance
  type Link = { Params: { token: string }; Querystring: { to?: unknown } }

  const enter: Enter = async (request, reply, { current, to = '/console', prove, failure, across }) => {
    const now = clock.now()
    const entered = await limit(() =>
      database.transaction(async (tx) => {
        const staffId = await prove(tx)
        return staffId === null ? null : enterAs(tx, deps, { staffId, current, now })
      }),
    )
    if (!entered) return miss(request, reply, failure)
    if (entered.session !== null) keepSession(reply, entered.session, { secure: secure() })
    return across ? sendHtml(reply, enteredPage(sayTo(request), to)) : seeOther(reply, to)
  }

  app.get<{ Querystring: { to?: string } }>('/console/enter', (request, reply) => {
    const way = { deps, origin: originOf(request), to: placeToGo.parse(request.query.to), now: clock.now() }
    return sendHtml(reply, signInPage(sayTo(request), way))
  })

  // Opening takes a tap, because link previews of messengers would use up a one-time link.
  app.get<Link>('/console/enter/:token', async (request, reply) => {
    const token = consoleTokenOf(sealer, request.params.token)
    const open = token !== null && (await limit(() => canEnter(database, token, clock.now())))
    return open ? sendHtml(reply, linkPage(sayTo(request))) : miss(request, reply, 'gone')
  })

  const enterByLink = (across: boolean) => async (request: FastifyRequest<Link>, reply: FastifyReply) => {
    const token = consoleTokenOf(sealer, request.params.token)
    const prove = async (tx: Tx) => (token === null ? null : memberByLink(tx, { token, now: clock.now() }))
    const current = await entrance.open(request)
    const to = sectionPath(request.query.to)
    return enter(request, reply, { current, to, prove, failure: 'gone', across })
  }
  app.post<Link>('/console/enter/:token', enterByLink(false))
  // The sandbox's page makes a link and opens it at once, on this machine.
  if (deps.sandbox) app.get<Link>('/console/enter/:token/now', enterByLink(true))

  app.post('/console/enter/passkey', async (request, reply) => {
    const { answer, to } = typedIn(request.body)
    const read = passkeyAnswer.safeParse(answer)
    const asked = { sealer, site: { origin: originOf(request) }, now: clock.now() }
    const prove = async (tx: Tx) => (read.success ? memberByPasskey(tx, asked, read.data) : null)
    const current = await entrance.open(request)
    return enter(request, reply, {
      current,
      to: placeToGo.parse(to),
      prove,
      failure: 'unknown',
      across: false,
    })
  })
  if (deps.oidc) registerOidc(console, entrance, { settings: deps.oidc, enter })

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
