import type { Say } from '#core/text.ts'
import { newChallenge } from '#features/console/challenges.ts'
import { hasPasskeys } from '#features/console/passkeys.ts'
import { html, type Markup } from '#http/markup.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import { documentOf } from '../layout.ts'

export type Way = {
  deps: Pick<ConsoleDeps, 'sealer' | 'oidc'>
  origin: string
  /** Where to go on. */
  to: string | undefined
  now: Date
}

/** «Вход»: every way in that this centre has. */
export const signInPage = (say: Say, way: Way): string => {
  const title = say.label('console.signIn.title')
  const body = html`<main class="notice"><h1>${title}</h1><p>${say.label('console.signIn.text')}</p>
${waysIn(say, way)}
<p class="note">${say.label('console.signIn.byLink')}</p></main>`
  return documentOf(say, { title, body, live: false })
}

/** A passkey, and the centre's own sign-in where there is one; a one-time link opens by itself. */
export const waysIn = (say: Say, { deps, origin, to, now }: Way): Markup => {
  const challenge = newChallenge(deps.sealer, 'enter', now)
  const more = to === undefined ? '' : `?to=${encodeURIComponent(to)}`
  // The script shows the form where the browser has passkeys.
  return html`${
    hasPasskeys({ origin }) &&
    html`<form method="post" action="/console/enter/passkey" data-passkey="get" data-challenge="${challenge}" hidden>
<input type="hidden" name="answer"><input type="hidden" name="to" value="${to}">
<button>${say.label('console.signIn.passkey')}</button>
<p role="alert" hidden>${say.label('console.signIn.notUsed')}</p></form>`
  }
${deps.oidc && html`<p><a class="next" href="/console/enter/oidc${more}">${say.label('console.signIn.oidc')}</a></p>`}`
}

/** A one-time link that is open. */
export const linkPage = (say: Say): string => {
  const title = say.label('console.enter.title')
  const body = html`<main class="notice"><h1>${title}</h1><p>${say.label('console.enter.text')}</p>
<form method="post"><button>${say.label('console.enter.button')}</button></form></main>`
  return documentOf(say, { title, body, live: false })
}

/**
 * After a way in: the page goes on by itself. A redirect would not do: after one that began at another site browsers do not send
 * the session's strict cookie.
 */
export const enteredPage = (say: Say, to: string): string => {
  const title = say.label('console.signIn.done')
  const body = html`<main class="notice"><h1>${title}</h1><p><a class="next" href="${to}">${say.label('console.signIn.go')}</a></p></main>`
  return documentOf(say, { title, body, live: false, onward: to })
}
