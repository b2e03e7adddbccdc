import { languages } from '#core/text.ts'
import type { StaffInReach } from '#features/staff/staff-for-supervisor.ts'
import { dayInWords } from '#features/routing/duty-hours-words.ts'
import { intervalsOf } from '#features/routing/duty-hours.ts'
import { html, type Markup } from '#http/markup.ts'
import { otherOption } from '#features/intake/questions.ts'
import { staffRoles, weekdays } from '#storage/staff/staff.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import type { Hours, Load, Rights } from './staff-fields.ts'
import { territoryName } from './staff-words.ts'

export type Drafts = {
  rights?: Rights
  load?: Load
  hours?: Hours
  /** What does not fit, or what somebody else has changed meanwhile: a line each. */
  problems?: { of: 'rights' | 'load' | 'hours'; lines: readonly string[] }
}

/** The settings of a member, a form for each kind: who they are, how much they take, when they are there. */
export const staffEditPage = (visit: Visit, one: StaffInReach, drafts: Drafts = {}): Page => {
  const { say } = visit
  const { member, manages } = one
  const title = say.label('consoleStaff.editOf', { name: member.name })
  const body = html`<p><a href="/console/staff/${member.id}">${member.name}</a></p><h1>${title}</h1>
${manages ? rightsForm(visit, one, drafts) : html`<p class="note">${say.label('consoleStaff.rightsBy')}</p>`}
${loadForm(visit, one, drafts)}
${hoursForm(visit, one, drafts)}`
  return { title, section: 'staff', body }
}

const section = (
  visit: Visit,
  { member }: StaffInReach,
  {
    of,
    shown,
    fields,
    problems,
  }: { of: 'rights' | 'load' | 'hours'; shown: object; fields: Markup; problems: Drafts['problems'] },
): Markup => {
  const { say } = visit
  const lines = problems?.of === of ? problems.lines : []
  const inside = html`${lines.length > 0 && html`<div class="problem" role="alert">${lines.map((line) => html`<p>${line}</p>`)}</div>`}
<input type="hidden" name="shown" value="${JSON.stringify(shown)}">
${fields}
<button>${say.label('consoleStaff.save')}</button>`
  return html`<section id="${of}"><h2>${say.label(`consoleStaff.${of}`)}</h2>
${formTo(visit, `/console/staff/${member.id}/${of}`, inside)}</section>`
}

const rightsForm = (visit: Visit, one: StaffInReach, { rights, problems }: Drafts): Markup => {
  const { name, role, territories, minorsTrained } = one.member
  const shown: Rights = { name, role, territories, minorsTrained }
  return section(visit, one, {
    of: 'rights',
    shown,
    fields: rightsInputs(visit, rights ?? shown, territories),
    problems,
  })
}

/** Also of the form for a new member. */
export const rightsInputs = (
  visit: Visit,
  { name, role, territories, minorsTrained }: Rights,
  stored: readonly string[],
): Markup => {
  const { say, deps } = visit
  const codes = [...new Set([...deps.region.territories.map(({ code }) => code), otherOption, ...stored])]
  const roles = staffRoles.map(
    (code) =>
      html`<label class="choice"><input type="radio" name="role" value="${code}" required${code === role && html` checked`}> <span>${say.label(`staff.roles.${code}`)}<br><small>${say.label(`consoleStaff.roleMeans.${code}`)}</small></span></label>`,
  )
  const places = codes.map((code) =>
    check('territories', code, territoryName(visit, code), territories.includes(code)),
  )
  return html`<div class="fields"><label>${say.label('consoleStaff.firstName')}<input name="name" value="${name}" maxlength="64" required autocomplete="off"></label></div>
<fieldset><legend>${say.label('consoleStaff.role')}</legend>${roles}</fieldset>
<fieldset><legend>${say.label('consoleStaff.territories')}</legend><div class="choices">${places}</div></fieldset>
<fieldset><legend>${say.label('consoleStaff.minors')}</legend>${check('minorsTrained', 'yes', say.label('consoleStaff.minorsTick'), minorsTrained)}</fieldset>`
}

const check = (name: string, value: string, label: string, on: boolean): Markup =>
  html`<label class="choice"><input type="checkbox" name="${name}" value="${value}"${on && html` checked`}> <span>${label}</span></label>`

const loadForm = (visit: Visit, one: StaffInReach, { load, problems }: Drafts): Markup => {
  const { say } = visit
  const { capacity, languages: spoken } = one.member
  const shown = { capacity, languages: spoken }
  const drawn = load ?? shown
  const fields = html`<div class="fields"><label>${say.label('consoleStaff.capacity')}<input name="capacity" inputmode="numeric" pattern="[0-9]{0,4}" value="${drawn.capacity ?? ''}" aria-describedby="capacity-note"></label></div>
<p class="note" id="capacity-note">${say.label('consoleStaff.capacityNote')}</p>
<fieldset><legend>${say.label('consoleStaff.languages')}</legend>${languages.map((code) =>
    check(
      'languages',
      code,
      say.label(`consoleStaff.languageNames.${code}`),
      (drawn.languages as readonly string[]).includes(code),
    ),
  )}</fieldset>`
  return section(visit, one, { of: 'load', shown, fields, problems })
}

const hoursForm = (visit: Visit, one: StaffInReach, { hours, problems }: Drafts): Markup => {
  const { say } = visit
  const { dutyHours } = one.member
  const stored = (day: (typeof weekdays)[number]) =>
    dutyHours === null ? '' : dayInWords(intervalsOf(dutyHours, day))
  const always = hours ? hours.always === 'yes' : dutyHours === null
  const radio = (value: 'yes' | 'no', key: string) =>
    html`<label class="choice"><input type="radio" name="always" value="${value}"${always === (value === 'yes') && html` checked`}> <span>${say.label(`consoleStaff.${key}`)}</span></label>`
  const days = weekdays.map(
    (day) =>
      html`<label>${say.label(`consoleStaff.daysLong.${day}`)}<input name="${day}" value="${hours?.[day] ?? stored(day)}" maxlength="200" placeholder="${say.label('consoleStaff.dayOff')}" autocomplete="off" aria-describedby="hours-note"></label>`,
  )
  const fields = html`<fieldset><legend class="hidden">${say.label('consoleStaff.hours')}</legend>${radio('yes', 'alwaysOnDuty')}${radio('no', 'byHours')}</fieldset>
<p class="note" id="hours-note">${say.label('consoleStaff.hoursNote')}</p><div class="fields days">${days}</div>`
  return section(visit, one, { of: 'hours', shown: { dutyHours }, fields, problems })
}
