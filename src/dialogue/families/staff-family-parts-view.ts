import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AccountState } from '#features/families/account-changes.ts'
import type { FamilyCase } from '#features/families/caseload.ts'
import type { FamilyRight } from '#features/families/family-access.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { safetyText } from './safety-view.ts'
import { membersStanding, standingLines } from './standing-view.ts'

// Two cards behind the card of a family, by what one has come for: its people, and its case.

type Facts = Pick<FamilyCase, 'family' | 'members'> & {
  rights: ReadonlySet<FamilyRight>
  supervises: boolean
  safety: readonly SafetyFact[]
  region: Region
  now: Date
}

/** Who is in the family: to write to them, to read their names, to invite them, and what is not to be done. */
export const familyPeopleView = (builder: CardBuilder, facts: Facts): View => {
  const { family, members, rights, safety, region, now } = facts
  const { say, link } = builder
  const { id, number } = family
  return builder.card(
    'family-people',
    paragraphs(
      say.t('caseload.people.title', { number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      ...standingLines(say, membersStanding(say, members), { timeZone: region.timeZone, now }),
      memberLines(say, members),
    ),
    [
      ...accountChecks(builder, members),
      [
        ...(rights.has('conversations') ? [link(say.label('caseload.thread'), 'f-thread', id)] : []),
        link(say.label('caseload.names'), 'f-names', id),
      ],
      [
        ...(family.closedAt ? [] : [link(say.label('caseload.invite'), 'f-invite', id)]),
        link(say.label('safety.button'), 'f-safety', id),
      ],
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
    { back: false },
  )
}

/** What happened, what is recorded, and who is responsible. */
export const familyFileView = (builder: CardBuilder, facts: Facts): View => {
  const { family, rights, supervises, safety, region, now } = facts
  const { say, link } = builder
  const { id, number, requestId, closedAt } = family
  const charge = rights.has('charge')
  const rows: Button[][] = [
    charge && !closedAt
      ? [
          link(say.label('caseEvents.button'), 'f-event', id),
          link(say.label('familyState.button'), 'f-stage', id),
        ]
      : // What was missed before the end is explained after it, too.
        charge
        ? [link(say.label('caseTerms.button'), 'f-terms', id)]
        : [],
    [
      link(say.label('needs.button'), 'f-needs', id),
      ...(charge ? [link(say.label('documents.button'), 'f-docs', id)] : []),
    ],
    charge
      ? [
          link(say.label('registers.button'), 'f-results', id),
          link(say.label('incoming.ofFamilyButton'), 'f-incoming', id),
        ]
      : [],
    [
      link(say.label('mentions.button'), 'f-notes', id),
      ...(charge && requestId !== null ? [link(say.label('reach.intakeButton'), 'f-intake', id)] : []),
    ],
    supervises
      ? [
          link(say.label('caseload.ask.button'), 'f-ask', id),
          ...(closedAt ? [] : [link(say.label('handing.curatorButton'), 'f-give', id)]),
        ]
      : [],
    [link(say.label('caseload.card'), 'f-card', id)],
  ]
  const stage = optionLabel(say, region.code, 'stages', family.stage)
  return builder.card(
    'family-file',
    paragraphs(
      say.t('caseload.file.title', { number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      say.t('caseload.stage', { stage }),
    ),
    rows.filter((row) => row.length > 0),
    { back: false },
  )
}

/** A row for each member whose new account waits for the curator. */
export const accountChecks = ({ say, link }: CardBuilder, members: FamilyCase['members']): Button[][] =>
  members
    .filter(({ account }) => account === 'unconfirmed' || account === 'paused')
    .map(({ id, role }) => [link(say.label(`account.staff.check.${role}`), 'f-account', id)])

/** The members by role, with whether they are in the bot. */
export const memberLines = (say: Say, members: FamilyCase['members']): string => {
  const lines = members.map((one) => `• ${say.t(`caseload.roles.${one.role}`)}: ${joined(say, one)}`)
  return lines.length === 0 ? say.t('caseload.nobody') : [say.t('caseload.who'), ...lines].join('\n')
}

export const joined = (say: Say, { account }: { account: AccountState }): string =>
  say.t(accountWords[account])

const accountWords = {
  none: 'caseload.notJoined',
  current: 'caseload.joined',
  unconfirmed: 'account.staff.short',
  paused: 'account.staff.shortPaused',
} as const satisfies Record<AccountState, string>
