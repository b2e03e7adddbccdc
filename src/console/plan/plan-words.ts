import type { Say } from '#core/text.ts'
import { kindName } from '#dialogue/plan/plan-view.ts'
import { spokenWhen } from '#dialogue/plan/spoken-schedule.ts'
import type { OpinionBeside } from '#features/plan/opinions-beside.ts'
import type { PlannedActivity } from '#features/plan/plan-document.ts'
import { html, type Markup } from '#http/markup.ts'

export const planPath = (familyId: string): `/console/families/${string}/plan` =>
  `/console/families/${familyId}/plan`

/** What a field of an activity or of the plan is called, as in the workbook. */
export const fieldName = (say: Say, field: string): string =>
  ['level', 'goal', 'tasks', 'results'].includes(field)
    ? say.label(`spreadsheet.fields.${field}`)
    : say.label(`consolePlan.fields.${field}`)

export const audienceName = (say: Say, audience: string): string =>
  say.label(`spreadsheet.audiences.${audience}`)

/** When, where and who: in the words in which the family reads it. */
export const circumstances = (
  say: Say,
  { when, place, responsible, kind, audience }: PlannedActivity,
  now: Date,
): Markup =>
  html`${spokenWhen(say, when, now)}${place !== undefined && html`<br>${place}`}<br>${responsible}<br><span class="why">${kindName(say, kind)} · ${audienceName(say, audience)}</span>`

export const opinionLine = (say: Say, { author, kind }: OpinionBeside): Markup =>
  html`<span class="opinion ${kind}">${say.label(`staffPlan.roles.${author}`)}: ${say.label(`staffPlan.kinds.${kind}`)}</span>`
