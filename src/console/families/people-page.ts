import { nameBesideRole, nameOrRole } from '#dialogue/families/member-name-view.ts'
import { contactInWords } from '#dialogue/requests/contact-view.ts'
import { membersStanding, standingLines } from '#dialogue/families/standing-view.ts'
import { joined } from '#dialogue/families/staff-family-parts-view.ts'
import type { FamilyCase, NamedMember } from '#features/families/caseload.ts'
import type { Reach } from '#features/families/reach-family.ts'
import { safetyKinds } from '#features/families/safety-facts.ts'
import { html, type Markup } from '#http/markup.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { formTo } from '../form-markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

export type PeopleFacts = {
  members: FamilyCase['members']
  /** Null: they have not been asked for. */
  names: readonly NamedMember[] | null
  reach: Reach | null
}

/** Who is in the family, how it is reached, what is not safe, and who is invited. Names and contacts where they are asked for. */
export const peoplePage = (visit: Visit, open: FamilyOpen, facts: PeopleFacts): Page =>
  familyPage(visit, open, {
    tab: 'people',
    body: [
      membersPart(visit, open, facts),
      open.rights.has('contact') ? reachPart(visit, open, facts) : null,
      safetyPart(visit, open, facts),
      open.family.closedAt === null ? invitePart(visit, open, facts) : null,
    ],
  })

/** A member by name where names are shown, or by role. */
const calledOf = (
  { say }: Visit,
  { names }: PeopleFacts,
  { id, role }: FamilyCase['members'][number],
): string => {
  const named = names?.find((one) => one.id === id)
  return named ? nameOrRole(say, role, named.called) : say.label(`caseload.roles.${role}`)
}

const membersPart = (visit: Visit, { family }: FamilyOpen, facts: PeopleFacts): Markup => {
  const { say } = visit
  const rows = facts.members.map((member) => {
    const named = facts.names?.find(({ id }) => id === member.id)
    const check = member.account === 'unconfirmed' || member.account === 'paused'
    return [
      named
        ? html`<b>${nameBesideRole(say, named.called)}</b>`
        : html`<span aria-label="${say.label('consoleFamilies.people.hidden')}">••••</span>`,
      say.label(`caseload.roles.${member.role}`),
      html`${joined(say, member)}${check && html`<br><a href="/console/families/${family.id}/members/${member.id}">${say.label('account.staff.open')}</a>`}`,
    ]
  })
  const heads = ['name', 'role', 'account'].map((one) => say.label(`consoleFamilies.people.${one}`))
  const around = { timeZone: visit.deps.region.timeZone, now: visit.now }
  return html`<section><h2>${say.label('consoleFamilies.people.title')}</h2>
${standingLines(say, membersStanding(say, facts.members), around).map((markup) => html`<p class="said">${{ markup }}</p>`)}
${facts.members.length === 0 ? html`<p>${say.label('thread.noMembers')}</p>` : tableOf({ heads, rows })}
${facts.names === null && facts.members.length > 0 && formTo(visit, `/console/families/${family.id}/people`, html`<input type="hidden" name="show" value="names"><button class="quiet">${say.label('consoleFamilies.people.showNames')}</button>`)}</section>`
}

const reachPart = (visit: Visit, { family }: FamilyOpen, { reach }: PeopleFacts): Markup => {
  const { say } = visit
  const title = html`<h2 id="reach">${say.label('consoleFamilies.people.reach')}</h2>`
  if (!reach)
    return html`<section>${title}<p class="note">${say.label('consoleFamilies.people.reachHidden')}</p>
${formTo(visit, `/console/families/${family.id}/people`, html`<input type="hidden" name="show" value="reach"><button class="quiet">${say.label('consoleFamilies.people.showReach')}</button>`)}</section>`
  return html`<section>${title}${reachLines(visit, reach)}</section>`
}

/** Phone, hours and address, with what of them is not safe. */
export const reachLines = ({ say, deps }: Visit, { intake, noted, place }: Reach): Markup => {
  const said = intake && contactInWords(say, deps.region, intake.contact)
  const people = noted.map(({ role, called, reached: { phone, address } }) => {
    const number = phone && html`<br><a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>`
    const home = address && html`<br>${address}`
    return html`<p><b>${nameOrRole(say, role, called)}</b>${number}${home}</p>`
  })
  const block = (lines: readonly string[]) =>
    lines.length > 0 && html`<p>${{ markup: lines.join('<br>') }}</p>`
  return html`${said && block(said.warnings)}${said && block(said.lines)}${people}
${place !== null && html`<p>${say.label('reach.place', { place })}</p>`}
${!said && people.length === 0 && html`<p>${say.label('reach.noRequest')}</p>`}`
}

const safetyPart = (visit: Visit, { family, safety }: FamilyOpen, facts: PeopleFacts): Markup => {
  const { say } = visit
  const base = `/console/families/${family.id}/safety`
  const rows = safety.map(({ id, kind, role, since }) => {
    const what = say.label(`safety.short.${kind}`)
    return html`<li class="row"><p>${what} · ${say.label(`safety.roles.${role}`)} · ${say.label('consoleFamilies.people.since', { day: dayWord(visit, since) })}</p>
<a class="next" href="${base}/${id}">${say.label('consoleFamilies.people.endFact')}</a></li>`
  })
  const whom = facts.members.map(
    (member) => html`<option value="${member.id}">${calledOf(visit, facts, member)}</option>`,
  )
  const kinds = safetyKinds.map(
    (kind) => html`<option value="${kind}">${say.label(`safety.short.${kind}`)}</option>`,
  )
  return html`<section id="safety"><h2>${say.label('safety.button')}</h2>
${safety.length === 0 ? html`<p>${say.label('safety.none')}</p>` : html`<ul class="rows">${rows}</ul>`}
${
  family.status === 'active' &&
  facts.members.length > 0 &&
  html`<details><summary>${say.label('safety.add')}</summary>${formTo(
    visit,
    base,
    html`<div class="fields"><p><label for="fact-member">${say.label('consoleFamilies.people.factWhom')}</label><select id="fact-member" name="member">${whom}</select></p>
<p><label for="fact-kind">${say.label('consoleFamilies.people.factKind')}</label><select id="fact-kind" name="kind">${kinds}</select></p></div>
<button class="quiet">${say.label('safety.add')}</button>`,
  )}</details>`
}
<p class="note">${say.label('safety.hint')}</p></section>`
}

const invitePart = (visit: Visit, { family }: FamilyOpen, facts: PeopleFacts): Markup => {
  const { say } = visit
  const base = `/console/families/${family.id}/invite`
  const known = facts.members.map(
    (member) => html`<option value="${member.id}">${calledOf(visit, facts, member)}</option>`,
  )
  const roles = memberRoles.map(
    (role) => html`<option value="${role}">${say.label(`caseload.roles.${role}`)}</option>`,
  )
  const reason = (id: string) =>
    html`<p><label for="${id}">${say.label('consoleFamilies.people.reason')}</label><input id="${id}" name="reason" maxlength="500" autocomplete="off"></p>`
  return html`<section id="invite" class="on-screen"><h2>${say.label('consoleFamilies.people.invite')}</h2>
<p>${say.label('consoleFamilies.people.inviteMeans')}</p>
${
  facts.members.length > 0 &&
  formTo(
    visit,
    base,
    html`<div class="fields"><p><label for="invite-member">${say.label('consoleFamilies.people.inviteWhom')}</label><select id="invite-member" name="member">${known}</select></p>${reason('invite-reason')}</div>
<button>${say.label('consoleFamilies.people.makeLink')}</button>`,
  )
}
<details><summary>${say.label('consoleFamilies.people.addMember')}</summary>${formTo(
    visit,
    base,
    html`<div class="fields"><p><label for="new-role">${say.label('consoleFamilies.people.role')}</label><select id="new-role" name="role">${roles}</select></p>
<p><label for="new-name">${say.label('consoleFamilies.people.name')}</label><input id="new-name" name="name" maxlength="100" required autocomplete="off"></p>${reason('new-reason')}</div>
<button class="quiet">${say.label('consoleFamilies.people.addAndLink')}</button>`,
  )}</details></section>`
}
