import { formatDay, formatTime } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AccountState } from '#features/families/account-changes.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { AccountDecision, ConfirmedHow } from '#storage/families/account-changes.ts'
import type { Family } from '#storage/families/families.ts'
import type { Member } from '#storage/families/family-members.ts'
import { safetyText } from './safety-view.ts'
import { reachRow } from './staff-reach-view.ts'

const hows: readonly ConfirmedHow[] = ['voice', 'meeting']

export type AccountFacts = {
  family: Pick<Family, 'id' | 'number'>
  member: Pick<Member, 'id' | 'role' | 'unconfirmedSince'>
  state: AccountState
  safety: readonly SafetyFact[]
  timeZone: string
  now: Date
}

const titleOf = ({ say }: CardBuilder, { family, member }: AccountFacts): string =>
  say.t('account.staff.title', { number: family.number, role: say.label(`caseload.roles.${member.role}`) })

/** What has happened to a member's account, and what may be decided. Only the role is named. */
export const accountStaffView = (builder: CardBuilder, facts: AccountFacts): View => {
  const { say, button, link } = builder
  const { family, member, state, safety, timeZone, now } = facts
  const { unconfirmedSince: since } = member
  const moment = since && {
    day: formatDay(say, { instant: since, timeZone, now }),
    time: formatTime(since, timeZone),
  }
  const open = state === 'unconfirmed' || state === 'paused'
  const choices: Record<AccountState, readonly AccountDecision[]> = {
    none: [],
    current: [],
    unconfirmed: ['confirmed', 'refused'],
    paused: ['confirmed', 'restored', 'refused'],
  }
  const rows: Button[][] = choices[state].map((one) => [
    button(say.label(`account.staff.buttons.${one}`), 'set', one),
  ])
  return builder.card(
    'family-account',
    paragraphs(
      titleOf(builder, facts),
      safetyText(say, safety, { timeZone, now }),
      moment && say.t('account.staff.since', moment),
      say.t(`account.staff.${state}`),
      open && say.t('account.staff.how'),
    ),
    [
      ...rows,
      ...reachRow(builder, { familyId: family.id, may: open }),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false },
  )
}

/** Asks how the person was spoken with, which confirms the decision. */
export const accountHowView = (
  builder: CardBuilder,
  { decision, ...facts }: AccountFacts & { decision: AccountDecision },
): View => {
  const { say, button } = builder
  return builder.card(
    'family-account-how',
    paragraphs(
      titleOf(builder, facts),
      safetyText(say, facts.safety, facts),
      say.t(`account.staff.sure.${decision}`),
      say.t('account.staff.spoken'),
    ),
    hows.map((how) => [button(say.label(`account.staff.hows.${how}`), 'set', how)]),
  )
}
