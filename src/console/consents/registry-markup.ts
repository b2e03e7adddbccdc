import type { GiverRecord, RegisteredConsent } from '#features/consents/family-consents.ts'
import { isSignedForSpecial, type PapersMissing } from '#features/consents/papers-missing.ts'
import type { PrintedPaper } from '#features/consents/print-paper.ts'
import { html, type Markup } from '#http/markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Visit } from '../visit.ts'
import { dayOfIso, dayWord, momentWord } from '../words.ts'

type Around = {
  /** Of members, by id. */
  called: ReadonlyMap<string, string>
  /** Names of staff, by id. */
  staff: ReadonlyMap<string, string>
  /** Where a scan is, by the id of its paper. */
  scanAt: (paperId: string) => string
}

/** The consents of one giver, and who has checked by which paper they represent a child. */
export const recordMarkup = (visit: Visit, { consents, checks }: GiverRecord, around: Around): Markup => {
  const { say } = visit
  const label = (key: string, values?: Record<string, string>) =>
    say.label(`consoleConsents.registry.${key}`, values)
  const rows = consents.map((one) => rowOf(visit, one, around))
  const heads = ['what', 'how', 'state'].map((one) => label(one))
  const seen = checks.map(({ paper, details, seenOn, staffId }) => {
    const who =
      (staffId !== null && around.staff.get(staffId)) || say.label('consoleConsents.registry.system')
    const checked = say.label('consoleConsents.authority.seen', { day: dayOfIso(visit, isoOf(seenOn)), who })
    return html`<li>${say.label(`consoleConsents.papers.${paper}`)}${details !== null && html`, ${details}`}. <span class="why">${checked}</span></li>`
  })
  return html`${consents.length === 0 ? html`<p>${label('none')}</p>` : tableOf({ heads, rows })}
${seen.length > 0 && html`<h3>${say.label('consoleConsents.authority.title')}</h3><ul>${seen}</ul>`}`
}

const rowOf = (
  visit: Visit,
  one: RegisteredConsent,
  { called, staff, scanAt }: Around,
): (Markup | string)[] => {
  const { say } = visit
  const {
    kind,
    version,
    how,
    givenAt,
    signedOn,
    staffId,
    forMemberId,
    withdrawnAt,
    paperId,
    scanned,
    textHash,
  } = one
  const label = (key: string, values?: Record<string, string>) =>
    say.label(`consoleConsents.registry.${key}`, values)
  const who = (staffId !== null && staff.get(staffId)) || label('system')
  const given =
    how === 'paper' && signedOn
      ? label('paper', { day: dayOfIso(visit, isoOf(signedOn)), who, recorded: momentWord(visit, givenAt) })
      : label(how === 'joint' ? 'joint' : 'tap', { day: momentWord(visit, givenAt) })
  const child = forMemberId === null ? null : called.get(forMemberId)
  const state = withdrawnAt
    ? say.label('myData.withdrawnOn', { day: dayWord(visit, withdrawnAt) })
    : say.label('myData.inForce')
  return [
    html`${say.label(`myData.kinds.${kind}`)}${child && html`<br><span class="why">${label('forChild', { child })}</span>`}<br><span class="why">${version} · SHA-256 ${textHash.slice(0, 16)}</span>`,
    html`${given}${paperId !== null && scanned && html`<br><a href="${scanAt(paperId)}">${label('scan')}</a>`}`,
    state,
  ]
}

const isoOf = (day: Date): string => day.toISOString().slice(0, 10)

/** Links to the papers that somebody can sign. */
export const paperLinks = (
  { say }: Visit,
  { consents }: GiverRecord,
  { at, papers }: { at: (paper: PrintedPaper) => string; papers: readonly PrintedPaper[] },
): Markup => {
  const signed = consents.some(isSignedForSpecial)
  const links = papers.map(
    (paper) =>
      html`<li><a href="${at(paper)}">${say.label(`consoleConsents.print.${paper}`)}</a>${paper === 'special-categories' && signed && html` <span class="why">${say.label('consoleConsents.print.signed')}</span>`}</li>`,
  )
  return html`<p class="note">${say.label('consoleConsents.print.title')}</p><ul class="acts">${links}</ul>`
}

/** What is to be brought to the next visit; null: nothing. */
export const missingMarkup = (
  visit: Visit,
  { signature, authority, unanswered }: PapersMissing,
  consentsAt: string | null,
): Markup | null => {
  const { say } = visit
  const lines = [
    ...signature.map(
      (kind) => html`<b>${say.label('special.needed')}</b> ${say.label(`special.neededFor.${kind}`)}`,
    ),
    ...(authority > 0
      ? [html`<b>${say.label('special.authority')}</b> ${say.label('special.authorityWhy')}`]
      : []),
    ...unanswered.map(({ role, until, overdue, version }) => {
      const values = { who: say.label(`caseload.roles.${role}`), until: dayOfIso(visit, until), version }
      return html`${say.label('special.unanswered', values)}${overdue && html` <b class="urgent">${say.label('special.late')}</b>`}`
    }),
  ]
  if (lines.length === 0) return null
  return html`<section id="papers" class="soon"><h2>${say.label('special.title')}</h2><ul class="rows">${lines.map((line) => html`<li class="row"><p>${line}</p></li>`)}</ul>
<p class="note">${say.label('special.noHold')}</p>${consentsAt && html`<p><a class="next" href="${consentsAt}">${say.label('consoleConsents.open')}</a></p>`}</section>`
}
