import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { staysInTouch } from '#features/cases/after-look.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import { accountState } from '#features/families/account-changes.ts'
import { memberForStaff } from '#features/families/account-for-staff.ts'
import { familyToGive } from '#features/families/give-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { surveysToAsk } from '#features/surveys/ask-family.ts'
import { titleIn } from '#features/surveys/surveys-of-family.ts'
import { html } from '#http/markup.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { formTo } from '../form-markup.ts'
import type { Console } from '../routes.ts'
import { familyPage, openFamily, warnings, withWarnings } from './family-frame.ts'
import { familyStanding } from './family-standing.ts'
import { takersForm } from './give-page.ts'
import { openInvitation } from './invitation.ts'
import { invitationPage, invitationWhyPage } from './invitation-page.ts'
import { memberPage } from './member-page.ts'
import { familyPageAt } from './of-family.ts'
import { chargeRoles } from './roles.ts'

/** The pages behind the other tabs, each of which leads to one act. */
export const registerPeopleActPages = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  familyPageAt(console, '/give', { for: ['supervisor'] }, async (visit, of) => {
    const { say } = visit
    const { family, takers } = await familyToGive(database, of)
    const open = await withWarnings(visit, family)
    const base = `/console/families/${of.familyId}`
    const form = takersForm(visit, {
      ...{ action: `${base}/give`, of: 'family', takers, cancel: base },
      read: await isReadInBot(database, of.familyId),
      standing: await database.transaction((tx) => familyStanding(tx, visit, family, 'give')),
    })
    const heading = say.label('consoleFamilies.acts.give')
    return familyPage(visit, open, { tab: 'now', heading, body: html`<section>${form}</section>` })
  })

  familyPageAt(console, '/ask', { for: ['supervisor'] }, async (visit, of) => {
    const { say } = visit
    const { family, surveys } = await surveysToAsk(database, of)
    const open = await withWarnings(visit, family)
    const choices = surveys.map(
      ({ code, title }) =>
        html`<p><label class="choice"><input type="radio" name="code" value="${code}" required> ${titleIn(title, say.language)}</label></p>`,
    )
    const form = formTo(
      visit,
      `/console/families/${of.familyId}/ask`,
      html`<fieldset><legend>${say.label('consoleFamilies.ask.which')}</legend>${choices}</fieldset><button>${say.label('consoleFamilies.ask.send')}</button>`,
    )
    const body = html`<section>${surveys.length === 0 ? html`<p>${say.label('caseload.ask.none')}</p>` : html`<p>${say.label('caseload.ask.how')}</p>${form}`}</section>`
    return familyPage(visit, open, { tab: 'voices', heading: say.label('consoleFamilies.acts.ask'), body })
  })

  familyPageAt(console, '/look', { for: chargeRoles }, async (visit, of) => {
    const { say } = visit
    const open = await openFamily(visit, of.familyId)
    if (!(await staysInTouch(database, open.family))) throw new DomainError('not-found')
    const choices = lookAnswers.map(
      (how) =>
        html`<button class="quiet" name="how" value="${how}">${say.label(`afterLook.answers.${how}`)}</button>`,
    )
    const form = formTo(
      visit,
      `/console/families/${of.familyId}/look`,
      html`<div class="actions">${choices}</div>`,
    )
    const body = html`<section><p>${say.label('afterLook.staff.means')}</p>${form}</section>`
    return familyPage(visit, open, { tab: 'now', heading: say.label('consoleFamilies.acts.look'), body })
  })

  const ofMember = z.object({ id: z.uuid(), member: z.uuid() })
  familyPageAt(console, '/members/:member', { for: staffRoles, params: ofMember }, async (visit, of) => {
    const {
      staff,
      now,
      params: { member: memberId },
    } = visit
    const { family, member } = await memberForStaff(database, { staff, memberId, now })
    if (family.id !== of.familyId) throw new DomainError('not-found')
    return memberPage(visit, await withWarnings(visit, family), { member, state: accountState(member) })
  })

  const ofFact = z.object({ id: z.uuid(), fact: z.uuid() })
  familyPageAt(console, '/safety/:fact', { for: staffRoles, params: ofFact }, async (visit, of) => {
    const {
      say,
      params: { fact: factId },
    } = visit
    const open = await openFamily(visit, of.familyId)
    const fact = open.safety.find(({ id }) => id === factId)
    if (!fact) throw new DomainError('not-found')
    const base = `/console/families/${of.familyId}`
    const body = html`<section class="overdue">${warnings(visit, [fact])}<p>${say.label('safety.endThen')}</p>
${formTo(visit, `${base}/safety/${factId}/end`, html`<p class="actions"><button class="danger">${say.label('safety.endYes')}</button><a class="next" href="${base}/people#safety">${say.label('safety.endNo')}</a></p>`)}</section>`
    return familyPage(visit, open, {
      tab: 'people',
      heading: say.label('consoleFamilies.people.endFact'),
      body,
    })
  })

  const invitation = z.object({ made: z.string().max(2000), for: z.uuid() })
  familyPageAt(console, '/invitation', { for: staffRoles, query: invitation }, async (visit, of) => {
    const { staff, session, now, query } = visit
    const open = await openFamily(visit, of.familyId)
    const memberId = query.for
    const made = query.made === undefined ? null : openInvitation(deps.sealer, session, query.made)
    const whom = made?.memberId ?? memberId
    const found = whom === undefined ? null : await memberForStaff(database, { staff, memberId: whom, now })
    if (!found || found.family.id !== of.familyId) throw new DomainError('not-found')
    if (!made) return invitationWhyPage(visit, open, found.member)
    // Drawing QR codes needs heavy modules.
    const { invitationQr } = await import('#features/families/invitation-handout.ts')
    const qr = `data:image/png;base64,${Buffer.from(await invitationQr(made.link)).toString('base64')}`
    return invitationPage(visit, open, { made, qr })
  })
}
