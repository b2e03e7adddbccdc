import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { LookAnswer } from '#features/cases/case-steps.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { safetyText } from './safety-view.ts'

/** How the family is after the end, as it told staff. */
export const familyLookView = (
  { say, button, link, card }: CardBuilder,
  {
    family,
    answers,
    safety,
    region,
    now,
  }: {
    family: Family
    answers: readonly LookAnswer[]
    safety: readonly SafetyFact[]
    region: Region
    now: Date
  },
): View =>
  card(
    'family-look',
    paragraphs(
      say.t('afterLook.staff.which', { number: family.number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      say.t('afterLook.staff.means'),
    ),
    [
      ...answers.map((how) => [button(say.label(`afterLook.answers.${how}`), 'set', how)]),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
  )

/** A family says that it is worse; who said it is named by role only, and nobody is urged to write where that is not safe. */
export const worseView = (
  { say, link }: CardBuilder,
  {
    family,
    member,
    open,
  }: { family: Family; member: { id: string; role: MemberRole; urges: boolean } | null; open: boolean },
): View => ({
  screen: 'family-card.after-worse',
  html: say.t(member ? 'afterLook.staff.worseBy' : 'afterLook.staff.worse', {
    number: family.number,
    role: say.label(`unreachable.roles.${member?.role ?? 'parent'}`),
  }),
  rows: [
    ...(member
      ? [[link(say.label(member.urges ? 'afterLook.staff.write' : 'thread.openCard'), 'thread', member.id)]]
      : []),
    ...(open ? [[link(say.label('unreachable.open'), 'f-card', family.id)]] : []),
  ],
})
