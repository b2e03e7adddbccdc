import { z } from 'zod'
import { longestDetails } from '#features/consents/representative-checks.ts'
import { consentKinds } from '#features/consents/consent-text.ts'
import { html, type Markup } from '#http/markup.ts'
import { authorityPapers } from '#storage/consents/papers.ts'
import { formTo } from '../form-markup.ts'
import type { Typed } from '../typed.ts'
import type { Visit } from '../visit.ts'

const many = <T extends z.ZodType<unknown, string>>(one: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat())
    .pipe(z.array(one))

export const signedFields = z.object({
  member: z.uuid().optional(),
  kinds: many(z.enum(consentKinds)),
  children: many(z.uuid()),
  signedOn: z.iso.date(),
})

export const authorityFields = z.object({
  member: z.uuid().optional(),
  paper: z.enum(authorityPapers),
  details: z.string().trim().max(longestDetails).default(''),
  seenOn: z.iso.date(),
})

/** Somebody who may sign, as the form names them. */
export type Choice = { id: string; called: string }

type Around = {
  action: string
  /** Members to choose from; none: it is about one applicant. */
  members: readonly Choice[]
  minors: readonly Choice[]
  /** What was typed, if the form came back. */
  typed?: Typed | undefined
}

const whom = (visit: Visit, { members, typed = {} }: Pick<Around, 'members' | 'typed'>): Markup | null =>
  members.length === 0
    ? null
    : html`<label>${visit.say.label('consoleConsents.sign.whom')}<select name="member">${members.map(({ id, called }) => html`<option value="${id}"${typed.member === id && html` selected`}>${called}</option>`)}</select></label>`

const box = (name: string, value: string, label: string, { typed = {} }: Pick<Around, 'typed'>): Markup =>
  html`<p><label class="choice"><input type="checkbox" name="${name}" value="${value}"${[typed[name]].flat().includes(value) && html` checked`}> ${label}</label></p>`

/** «Подписано»: which texts, by whom, for which children, on which day, and the scan. */
export const signedForm = (visit: Visit, around: Around): Markup => {
  const { say } = visit
  const { action, minors, typed = {} } = around
  const label = (key: string) => say.label(`consoleConsents.sign.${key}`)
  const kinds = consentKinds.map((kind) => box('kinds', kind, say.label(`myData.kinds.${kind}`), around))
  const children = minors.map(({ id, called }) => box('children', id, called, around))
  const inside = html`<div class="fields">${whom(visit, around)}
<label>${label('day')}<input type="date" name="signedOn" value="${String(typed.signedOn ?? '')}" required></label></div>
<fieldset><legend>${label('kinds')}</legend>${kinds}</fieldset>
${children.length > 0 && html`<fieldset><legend>${label('children')}</legend><p class="note">${label('childrenNote')}</p>${children}</fieldset>`}
<label>${label('scan')}<input type="file" name="scan" accept="application/pdf,image/jpeg,image/png"><span class="note">${label('scanNote')}</span></label>
<button>${label('save')}</button>`
  return formTo(visit, action, inside, { enctype: 'multipart/form-data' })
}

/** By which paper somebody represents a child, and who has seen it. */
export const authorityForm = (visit: Visit, around: Omit<Around, 'minors'>): Markup => {
  const { say } = visit
  const { action, typed = {} } = around
  const label = (key: string) => say.label(`consoleConsents.authority.${key}`)
  const papers = authorityPapers.map(
    (one) =>
      html`<option value="${one}"${typed.paper === one && html` selected`}>${say.label(`consoleConsents.papers.${one}`)}</option>`,
  )
  const inside = html`<div class="fields">${whom(visit, around)}
<label>${label('paper')}<select name="paper">${papers}</select></label>
<label>${label('details')}<input name="details" value="${String(typed.details ?? '')}" maxlength="${String(longestDetails)}" autocomplete="off"></label>
<label>${label('day')}<input type="date" name="seenOn" value="${String(typed.seenOn ?? '')}" required></label></div>
<button class="quiet">${label('save')}</button>`
  return formTo(visit, action, inside)
}

/** What did not fit, in words. */
export const wrongWords = ({ say }: Visit, fields: readonly string[]): Markup => {
  const known = ['signedOn', 'seenOn', 'kinds', 'scan', 'forMembers', 'member'].find((one) =>
    fields.includes(one),
  )
  return html`<div class="problem" role="alert"><p>${say.label(`consoleConsents.wrong.${known ?? 'some'}`)}</p></div>`
}
