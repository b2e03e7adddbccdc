import { formatDay, formatTime } from '#core/dates.ts'
import type { Invitation } from '#features/staff/invite-staff.ts'
import { html } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { rightsInputs } from './staff-edit-page.ts'
import type { Rights } from './staff-fields.ts'

const nobody: Rights = { name: '', role: 'intake', territories: [], minorsTrained: false }

/** Somebody new: who they are, and what they may do. */
export const newStaffPage = (visit: Visit, typed: Rights | null, problem: string | null = null): Page => {
  const { say, deps } = visit
  const title = say.label('consoleStaff.add')
  const [only, ...more] = deps.region.territories
  const start = only && more.length === 0 ? { ...nobody, territories: [only.code] } : nobody
  const inside = html`${problem !== null && html`<div class="problem" role="alert"><p>${problem}</p></div>`}
${rightsInputs(visit, typed ?? start, [])}
<button>${say.label('consoleStaff.addAndLink')}</button>`
  const body = html`<p><a href="/console/staff">${say.label('consoleStaff.toAll')}</a></p><h1>${title}</h1>
<p class="note">${say.label('consoleStaff.addNote')}</p><section>${formTo(visit, '/console/staff', inside)}</section>`
  return { title, section: 'staff', body }
}

/** A one-time link, which is shown now and never again. */
export const linkPage = ({ say, deps, now }: Visit, { staff, link, expiresAt }: Invitation): Page => {
  const { timeZone } = deps.region
  const day = formatDay(say, { instant: expiresAt, timeZone, now })
  const title = say.label('consoleStaff.linkFor', { name: staff.name })
  const body = html`<h1>${title}</h1>
<section><p>${say.label('consoleStaff.linkOnce')}</p>
<label>${say.label('consoleStaff.linkLabel')}<input class="secret" value="${link}" readonly></label>
<p class="note">${say.label('consoleStaff.linkUntil', { day, time: formatTime(expiresAt, timeZone) })}</p></section>
<p><a class="next strong" href="/console/staff/${staff.id}">${say.label('consoleStaff.linkTaken')}</a></p>`
  return { title, section: 'staff', body }
}

/** An act about somebody's way in, asked once more: what happens at once, then the button. */
export const askPage = (
  visit: Visit,
  { id, name }: { id: string; name: string },
  act: 'link' | 'end-access',
  texts: 'newLink' | 'lostPhone' | 'endAccess',
): Page => {
  const { say } = visit
  const title = say.label(`consoleStaff.${texts}Of`, { name })
  const button = html`<button class="danger">${say.label(`consoleStaff.${texts}Yes`)}</button>`
  const body = html`<h1>${title}</h1><section><p>${say.label(`consoleStaff.${texts}What`)}</p>
<div class="actions">${formTo(visit, `/console/staff/${id}/${act}`, button)}<a class="next" href="/console/staff/${id}">${say.label('consoleStaff.cancel')}</a></div></section>`
  return { title, section: 'staff', body }
}
