import { formatDay, formatTime } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AccountState } from '#features/families/account-changes.ts'
import type { FamilyCase, NamedMember } from '#features/families/caseload.ts'
import type { FamilyRight } from '#features/families/family-access.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { UrgentReason } from '#features/requests/urgent-reasons.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { reasonsInWords } from '../requests/urgency-view.ts'
import { nameBesideRole } from './member-name-view.ts'
import { safetyText } from './safety-view.ts'

type When = { region: Region; now: Date }
type Warned = { safety: readonly SafetyFact[] }

/** What the reader may do with it. */
type Doing = {
  rights: ReadonlySet<FamilyRight>
  supervises: boolean
  /** Support has ended, and they stay in touch. */
  inTouch: boolean
}

/** A family at a glance, with links to its plan, visits and conversations. */
export const familyCaseView = (
  builder: CardBuilder,
  facts: FamilyCase & When & Warned & Doing & { urgency: readonly UrgentReason[] },
): View => {
  const { family, curator, members, nextVisit, safety, urgency, inTouch, region, now } = facts
  const { say, link } = builder
  const { number } = family
  const moment = (instant: Date) => ({ instant, timeZone: region.timeZone, now })
  const lines = [
    say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', family.territory) }),
    say.t('caseload.level', { level: levelInWords(say, family) }),
    say.t('caseload.stage', { stage: optionLabel(say, region.code, 'stages', family.stage) }),
    curator ? say.t('caseload.curator', { name: curator.name }) : say.t('caseload.noCurator'),
    nextVisit
      ? say.t('caseload.nextVisit', {
          day: formatDay(say, moment(nextVisit.startsAt)),
          time: formatTime(nextVisit.startsAt, region.timeZone),
        })
      : say.t('caseload.noVisit'),
  ]
  const who = members.map((member) => `• ${say.t(`caseload.roles.${member.role}`)}: ${joined(say, member)}`)
  const html = paragraphs(
    urgency.length > 0 && say.t('caseload.urgent', { why: reasonsInWords(say, region, urgency) }),
    say.t('caseload.one', { number }),
    safetyText(say, safety, { timeZone: region.timeZone, now }),
    family.closedAt && say.t('caseload.closed', { day: formatDay(say, moment(family.closedAt)) }),
    inTouch && say.t('afterLook.staff.inTouch'),
    lines.join('\n'),
    who.length === 0 ? say.t('caseload.nobody') : [say.t('caseload.who'), ...who].join('\n'),
  )
  return builder.card('family-case', html, [
    ...caseRows(builder, facts),
    ...members
      .filter(({ account }) => account === 'unconfirmed' || account === 'paused')
      .map((member) => [link(say.label(`account.staff.check.${member.role}`), 'f-account', member.id)]),
    ...supervisorRows(builder, facts),
    [link(say.label('home.caseload'), 'f-list')],
  ])
}

/** What the reader may open; after the end of support that is less (`family-access.ts`). */
const caseRows = (
  { say, link }: CardBuilder,
  { family, rights, inTouch }: Pick<FamilyCase, 'family'> & Doing,
): Button[][] => {
  const { id, requestId } = family
  const charge = rights.has('charge')
  return [
    inTouch ? [link(say.label('afterLook.staff.button'), 'f-look', id)] : [],
    [
      ...(charge ? [link(say.label('caseload.visits'), 'f-visits', id)] : []),
      ...(rights.has('conversations') ? [link(say.label('caseload.plan'), 'f-plan', id)] : []),
    ],
    [
      ...(rights.has('conversations') ? [link(say.label('caseload.thread'), 'f-thread', id)] : []),
      link(say.label('caseload.names'), 'f-names', id),
    ],
    [
      ...(requestId !== null && charge ? [link(say.label('reach.intakeButton'), 'f-intake', id)] : []),
      ...(rights.has('contact') ? [link(say.label('reach.button'), 'f-reach', id)] : []),
    ],
    [
      ...(family.closedAt ? [] : [link(say.label('caseload.invite'), 'f-invite', id)]),
      link(say.label('safety.button'), 'f-safety', id),
    ],
    charge && !family.closedAt
      ? [
          link(say.label('caseEvents.button'), 'f-event', id),
          link(say.label('familyState.button'), 'f-stage', id),
        ]
      : [],
    [
      link(say.label('needs.button'), 'f-needs', id),
      ...(charge ? [link(say.label('documents.button'), 'f-docs', id)] : []),
    ],
    charge
      ? [
          link(say.label('incoming.ofFamilyButton'), 'f-incoming', id),
          link(say.label('registers.button'), 'f-results', id),
        ]
      : [],
  ].filter((row) => row.length > 0)
}

const supervisorRows = (
  { say, link }: CardBuilder,
  { family, supervises }: Pick<FamilyCase, 'family'> & Doing,
): Button[][] =>
  supervises
    ? [
        [
          link(say.label('caseload.ask.button'), 'f-ask', family.id),
          ...(family.closedAt ? [] : [link(say.label('handing.curatorButton'), 'f-give', family.id)]),
        ],
      ]
    : []

/** The members by name. */
export const familyNamesView = (
  { say, link, card }: CardBuilder,
  {
    family,
    members,
    safety,
    region,
    now,
  }: When & Warned & { family: Family; members: readonly NamedMember[] },
): View => {
  const lines = members.map(
    (member) =>
      `• <b>${escapeHtml(nameBesideRole(say, member.called))}</b>, ${say.t(`caseload.roles.${member.role}`)}: ${joined(say, member)}`,
  )
  return card(
    'family-names',
    paragraphs(
      say.t('caseload.namesTitle', { number: family.number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      lines.length === 0 ? say.t('caseload.nobody') : lines.join('\n'),
    ),
    [[link(say.label('caseload.card'), 'f-card', family.id)]],
    { back: false, confidential: true },
  )
}

const joined = (say: Say, { account }: { account: AccountState }): string => say.t(accountWords[account])

const accountWords = {
  none: 'caseload.notJoined',
  current: 'caseload.joined',
  unconfirmed: 'account.staff.short',
  paused: 'account.staff.shortPaused',
} as const satisfies Record<AccountState, string>

const levelInWords = (say: Say, { level }: Family): string =>
  say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`)
