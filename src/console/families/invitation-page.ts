import { formatDayUntil } from '#core/dates.ts'
import { html } from '#http/markup.ts'
import type { Member } from '#storage/families/family-members.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'
import type { MadeInvitation } from './invitation.ts'

/** The link that was made, to show, print or forward; a minor's is for the minor alone. */
export const invitationPage = (
  visit: Visit,
  open: FamilyOpen,
  { made, qr }: { made: MadeInvitation; qr: string },
): Page => {
  const { say, deps, now } = visit
  const until = formatDayUntil(say, { instant: made.expiresAt, timeZone: deps.region.timeZone, now })
  const minor = made.role === 'minor'
  const body = html`<section class="invitation"><p>${say.label(minor ? 'consoleFamilies.invitation.minor' : 'consoleFamilies.invitation.adult', { until })}</p>
<img class="qr" src="${qr}" alt="${say.label('consoleFamilies.invitation.qr')}">
<p><label for="link">${say.label('consoleFamilies.invitation.link')}</label><input id="link" readonly value="${made.link}"></p>
<p class="note">${say.label('consoleFamilies.invitation.once')}</p>
<p><a class="next" href="/console/families/${open.family.id}/people">${say.label('consoleFamilies.invitation.back')}</a></p></section>`
  return familyPage(visit, open, { tab: 'people', heading: say.label('consoleFamilies.acts.invite'), body })
}

/** A warning speaks against letting somebody in: it is done with a reason, which is kept. */
export const invitationWhyPage = (visit: Visit, open: FamilyOpen, member: Member): Page => {
  const { say } = visit
  const base = `/console/families/${open.family.id}`
  const means = member.role === 'minor' ? 'minorWhy' : 'adultWhy'
  const body = html`<section class="overdue"><p>${say.label(`consoleFamilies.invitation.${means}`)}</p>
${formTo(
  visit,
  `${base}/invite`,
  html`<input type="hidden" name="member" value="${member.id}"><label for="reason">${say.label('consoleFamilies.people.reason')}</label><textarea id="reason" name="reason" rows="3" maxlength="500" required></textarea>
<p class="note">${say.label('consoleFamilies.invitation.kept')}</p>
<p class="actions"><button>${say.label('consoleFamilies.people.makeLink')}</button><a class="next" href="${base}/people">${say.label('safety.dontInvite')}</a></p>`,
)}</section>`
  return familyPage(visit, open, { tab: 'people', heading: say.label('consoleFamilies.acts.invite'), body })
}
