import { maxPhotoBytes, photoSideLimits } from '#features/staff/staff-photo.ts'
import type { StaffInReach } from '#features/staff/staff-for-supervisor.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Visit } from '../visit.ts'

/** In pixels and kB, as texts name them. */
export const photoLimits = { ...photoSideLimits, kb: maxPhotoBytes / 1000 }

/** The photo with what can be done with it; `problem`: why the last one was not taken. */
export const photoPart = (
  visit: Visit,
  { member, hasPhoto }: StaffInReach,
  problem: string | undefined,
): Markup | null => {
  if (!hasPhoto && !member.active) return null
  const { say } = visit
  const at = `/console/staff/${member.id}/photo`
  const field = html`<label>${say.label(hasPhoto ? 'consoleStaff.photoAnother' : 'consoleStaff.photoField')}<input type="file" name="photo" accept="image/jpeg,image/png" required><span class="note">${say.label('consoleStaff.photoLimits', photoLimits)}</span></label>
<button class="quiet">${say.label('consoleStaff.photoPut')}</button>`
  return html`<section><h2>${say.label('consoleStaff.photo')}</h2>
${problem !== undefined && html`<div class="problem" role="alert"><p>${problem}</p></div>`}
${hasPhoto && html`<img class="photo" src="${at}" alt="${say.label('consoleStaff.photoOf', { name: member.name })}">`}
<p class="note">${say.label('consoleStaff.photoFor')}</p>
${member.active && formTo(visit, at, field, { enctype: 'multipart/form-data' })}
${hasPhoto && formTo(visit, at, html`<input type="hidden" name="drop" value="1"><button class="quiet">${say.label('consoleStaff.photoDrop')}</button>`)}</section>`
}
