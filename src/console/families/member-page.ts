import type { AccountState } from '#features/families/account-changes.ts'
import { html } from '#http/markup.ts'
import { type AccountDecision, confirmedHow } from '#storage/families/account-changes.ts'
import type { Member } from '#storage/families/family-members.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { momentWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

const choices: Record<AccountState, readonly AccountDecision[]> = {
  none: [],
  current: [],
  unconfirmed: ['confirmed', 'refused'],
  paused: ['confirmed', 'restored', 'refused'],
}

/** A member whose account was replaced: who it is is found out by speaking with them, and then decided. Only the role is named. */
export const memberPage = (
  visit: Visit,
  open: FamilyOpen,
  { member, state }: { member: Member; state: AccountState },
): Page => {
  const { say } = visit
  const { family } = open
  const offered = choices[state].map(
    (one) =>
      html`<p><label class="choice"><input type="radio" name="decision" value="${one}" required> ${say.label(`account.staff.buttons.${one}`)}<br><span class="why">${say.label(`account.staff.sure.${one}`)}</span></label></p>`,
  )
  const hows = confirmedHow.map(
    (one) =>
      html`<p><label class="choice"><input type="radio" name="how" value="${one}" required> ${say.label(`account.staff.hows.${one}`)}</label></p>`,
  )
  const since = member.unconfirmedSince
  const form = formTo(
    visit,
    `/console/families/${family.id}/members/${member.id}`,
    html`<fieldset><legend>${say.label('consoleFamilies.account.decide')}</legend>${offered}</fieldset><fieldset><legend>${say.label('account.staff.spoken')}</legend>${hows}</fieldset><button>${say.label('consoleFamilies.account.save')}</button>`,
  )
  return familyPage(visit, open, {
    tab: 'people',
    heading: say.label('consoleFamilies.account.title', { role: say.label(`caseload.roles.${member.role}`) }),
    body: html`<section>${since && html`<p>${say.label('consoleFamilies.account.since', { when: momentWord(visit, since) })}</p>`}
<p>${say.label(`account.staff.${state}`)}</p>
${offered.length > 0 && html`<p>${say.label('account.staff.how')}</p>${form}<p><a href="/console/families/${family.id}/people#reach">${say.label('reach.button')}</a></p>`}</section>`,
  })
}
