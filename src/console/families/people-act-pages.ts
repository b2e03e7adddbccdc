import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import { staysInTouch } from '#features/cases/after-look.ts'
import { accountState } from '#features/families/account-changes.ts'
import { memberForStaff } from '#features/families/account-for-staff.ts'
import { familyToGive } from '#features/families/give-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { surveysToAsk } from '#features/surveys/ask-family.ts'
import { html } from '#http/markup.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { formTo } from '../form-markup.ts'
import { chargeRoles } from './roles.ts'
import { type Console, page } from '../routes.ts'
import { titleIn } from '#features/surveys/surveys-of-family.ts'
import { familyPage, openFamily, warnings, withWarnings } from './family-frame.ts'
import { takersForm } from './give-page.ts'
import { openInvitation } from './invitation.ts'
import { invitationPage, invitationWhyPage } from './invitation-page.ts'
import { memberPage } from './member-page.ts'

const params = z.object({ id: z.uuid() })

/** The pages behind the other tabs, each of which leads to one act. */
export const registerPeopleActPages = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  page(console, '/console/families/:id/give', { for: ['supervisor'], params }, async (visit) => {
    const {
      staff,
      now,
      say,
      params: { id: familyId },
    } = visit
    const { family, takers } = await familyToGive(database, { staff, familyId, now })
    const open = await withWarnings(visit, family)
    const base = `/console/families/${familyId}`
    const form = takersForm(visit, {
      ...{ action: `${base}/give`, of: 'family', takers, revision: family.revision, cancel: base },
      read: await isReadInBot(database, familyId),
    })
    const heading = say.label('consoleFamilies.acts.give')
    return familyPage(visit, open, { tab: 'now', heading, body: html`<section>${form}</section>` })
  })

  page(console, '/console/families/:id/ask', { for: ['supervisor'], params }, async (visit) => {
    const {
      staff,
      now,
      say,
      params: { id: familyId },
    } = visit
    const { family, surveys } = await surveysToAsk(database, { staff, familyId, now })
    const open = await withWarnings(visit, family)
    const choices = surveys.map(
      ({ code, title }) =>
        html`<p><label class="choice"><input type="radio" name="code" value="${code}" required> ${titleIn(title, say.language)}</label></p>`,
    )
    const form = formTo(
      visit,
      `/console/families/${familyId}/ask`,
      html`<fieldset><legend>${say.label('consoleFamilies.ask.which')}</legend>${choices}</fieldset><button>${say.label('consoleFamilies.ask.send')}</button>`,
    )
    const body = html`<section>${surveys.length === 0 ? html`<p>${say.label('caseload.ask.none')}</p>` : html`<p>${say.label('caseload.ask.how')}</p>${form}`}</section>`
    return familyPage(visit, open, { tab: 'voices', heading: say.label('consoleFamilies.acts.ask'), body })
  })

  page(console, '/console/families/:id/look', { for: chargeRoles, params }, async (visit) => {
    const {
      say,
      params: { id: familyId },
    } = visit
    const open = await openFamily(visit, familyId)
    if (!(await staysInTouch(database, open.family))) throw new DomainError('not-found')
    const choices = lookAnswers.map(
      (how) =>
        html`<button class="quiet" name="how" value="${how}">${say.label(`afterLook.answers.${how}`)}</button>`,
    )
    const form = formTo(
      visit,
      `/console/families/${familyId}/look`,
      html`<div class="actions">${choices}</div>`,
    )
    const body = html`<section><p>${say.label('afterLook.staff.means')}</p>${form}</section>`
    return familyPage(visit, open, { tab: 'now', heading: say.label('consoleFamilies.acts.look'), body })
  })

  const ofMember = z.object({ id: z.uuid(), member: z.uuid() })
  page(
    console,
    '/console/families/:id/members/:member',
    { for: staffRoles, params: ofMember },
    async (visit) => {
      const {
        staff,
        now,
        params: { id, member: memberId },
      } = visit
      const { family, member } = await memberForStaff(database, { staff, memberId, now })
      if (family.id !== id) throw new DomainError('not-found')
      return memberPage(visit, await withWarnings(visit, family), { member, state: accountState(member) })
    },
  )

  const ofFact = z.object({ id: z.uuid(), fact: z.uuid() })
  page(console, '/console/families/:id/safety/:fact', { for: staffRoles, params: ofFact }, async (visit) => {
    const {
      say,
      params: { id: familyId, fact: factId },
    } = visit
    const open = await openFamily(visit, familyId)
    const fact = open.safety.find(({ id }) => id === factId)
    if (!fact) throw new DomainError('not-found')
    const base = `/console/families/${familyId}`
    const body = html`<section class="overdue">${warnings(visit, [fact])}<p>${say.label('safety.endThen')}</p>
${formTo(visit, `${base}/safety/${factId}/end`, html`<p class="actions"><button class="danger">${say.label('safety.endYes')}</button><a class="next" href="${base}/people#safety">${say.label('safety.endNo')}</a></p>`)}</section>`
    return familyPage(visit, open, {
      tab: 'people',
      heading: say.label('consoleFamilies.people.endFact'),
      body,
    })
  })

  const invitation = z.object({ made: z.string().max(2000), for: z.uuid() })
  page(
    console,
    '/console/families/:id/invitation',
    { for: staffRoles, params, query: invitation },
    async (visit) => {
      const {
        staff,
        session,
        now,
        query,
        params: { id: familyId },
      } = visit
      const open = await openFamily(visit, familyId)
      const memberId = query.for
      const made = query.made === undefined ? null : openInvitation(deps.sealer, session, query.made)
      const of = made?.memberId ?? memberId
      const found = of === undefined ? null : await memberForStaff(database, { staff, memberId: of, now })
      if (!found || found.family.id !== familyId) throw new DomainError('not-found')
      if (!made) return invitationWhyPage(visit, open, found.member)
      // Drawing QR codes needs heavy modules.
      const { invitationQr } = await import('#features/families/invitation-handout.ts')
      const qr = `data:image/png;base64,${Buffer.from(await invitationQr(made.link)).toString('base64')}`
      return invitationPage(visit, open, { made, qr })
    },
  )
}
