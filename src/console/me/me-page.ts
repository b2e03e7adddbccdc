import { formatDay, formatTime } from '#core/dates.ts'
import { newChallenge } from '#features/console/challenges.ts'
import { hasPasskeys, longestPasskeyName, mostPasskeys } from '#features/console/passkeys.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Passkey } from '#storage/console/ways-in.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'

/** «Мой вход». */
export const mePage = (
  visit: Visit,
  { passkeys, sessions }: { passkeys: readonly Passkey[]; sessions: number },
): Page => {
  const { say, session, deps } = visit
  const title = say.label('consoleMe.title')
  const until = formatTime(session.expiresAt, deps.region.timeZone)
  const body = html`<h1>${title}</h1>
<p>${say.label('consoleMe.until', { time: until })} ${say.label('consoleMe.sessions', { count: sessions })}</p>
${buttonTo(visit, '/console/me/leave', say.label('consoleMe.leave'), 'quiet')}
<h2>${say.label('consoleMe.passkeys')}</h2>
<p>${say.label('consoleMe.what')}</p>
${hasPasskeys(visit) ? keys(visit, passkeys) : html`<p class="note">${say.label('consoleMe.nowhere')}</p>`}`
  return { title, section: null, body }
}

const keys = (visit: Visit, passkeys: readonly Passkey[]): Markup => {
  const { say } = visit
  const full = passkeys.length >= mostPasskeys
  return html`${passkeys.length > 0 && html`<ul class="rows">${passkeys.map((one) => row(visit, one))}</ul>`}
${full ? html`<p class="note">${say.label('consoleMe.full')}</p>` : adding(visit, passkeys)}
<noscript><p class="note">${say.label('consoleMe.noScript')}</p></noscript>`
}

const row = (visit: Visit, { id, name, createdAt, usedAt }: Passkey): Markup => {
  const { say, deps, now } = visit
  const day = (instant: Date) => formatDay(say, { instant, timeZone: deps.region.timeZone, now })
  const used = usedAt
    ? say.label('consoleMe.used', { day: day(usedAt) })
    : say.label('consoleMe.added', { day: day(createdAt) })
  return html`<li class="row"><p><b>${name}</b><br><span class="why">${used}</span></p>
${buttonTo(visit, `/console/me/passkeys/${id}/remove`, say.label('consoleMe.remove'), 'quiet')}</li>`
}

/** The browser asks for the finger, the face or the PIN, and answers with the key. */
const adding = (visit: Visit, passkeys: readonly Passkey[]): Markup => {
  const { say, deps, staff, now } = visit
  const data = {
    passkey: 'create',
    challenge: newChallenge(deps.sealer, `add.${staff.id}`, now),
    user: Buffer.from(staff.id).toString('base64url'),
    who: staff.name,
    site: say.label('console.name'),
    known: passkeys.map(({ credential }) => credential).join(' '),
  }
  return formTo(
    visit,
    '/console/me/passkeys',
    html`<input type="hidden" name="answer">
<label>${say.label('consoleMe.name')}<input name="name" required maxlength="${longestPasskeyName}" placeholder="${say.label('consoleMe.nameExample')}"></label>
<button>${say.label('consoleMe.add')}</button>
<p role="alert" hidden>${say.label('console.signIn.notUsed')}</p>`,
    { data, hidden: true },
  )
}
