import { formatDayUntil } from '#core/dates.ts'
import { escapeHtml } from '#core/text.ts'
import type { Picture, View } from '#dialogue/view.ts'
import type { NamedMember } from '#features/families/caseload.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { cutName, nameOrRole } from './member-name-view.ts'
import { safetyText } from './safety-view.ts'

/** Whom to invite: an existing member, or a new one. */
export const inviteView = (
  builder: CardBuilder,
  {
    family,
    members,
    safety,
    ...when
  }: {
    family: Family
    members: readonly NamedMember[]
    safety: readonly SafetyFact[]
    timeZone: string
    now: Date
  },
): View => {
  const { say, button, link } = builder
  const roles: readonly MemberRole[] = ['parent', 'representative', 'minor']
  return builder.card(
    'family-invite',
    paragraphs(safetyText(say, safety, when), say.t('caseload.inviteWhom', { number: family.number })),
    [
      ...members.map(({ id, role, called }) => [button(short(nameOrRole(say, role, called)), 'set', id)]),
      ...roles.map((role) => [button(`+ ${say.label(`caseload.roles.${role}`)}`, 'tick', role)]),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false, confidential: true },
  )
}

export const inviteReasons = ['agreed', 'other', 'passed', 'authority'] as const
/** For a new link of a minor who has joined. */
export const replaceReasons = ['asked', 'in-hand', 'passed'] as const

/** The warning against letting somebody in, and the question why it is done nevertheless. */
export const inviteReasonView = (
  builder: CardBuilder,
  { role, safety, ...when }: { role: MemberRole; safety: readonly SafetyFact[]; timeZone: string; now: Date },
): View => {
  const { say, button } = builder
  const minor = role === 'minor'
  return builder.card(
    'family-invite-why',
    paragraphs(safetyText(say, safety, when), say.t(minor ? 'safety.whyReplace' : 'safety.why')),
    [
      ...(minor ? replaceReasons : inviteReasons).map((code) => [
        button(say.label(`safety.reasons.${code}`), 'set', code),
      ]),
      [button(say.label('safety.dontInvite'), 'no')],
    ],
    { confidential: true },
  )
}

/** Asks for the new member's name. */
export const addMemberView = (
  builder: CardBuilder,
  { role, problem }: { role: MemberRole; problem: 'name-too-long' | undefined },
): View =>
  builder.card(
    'family-add',
    paragraphs(
      problem && `⚠️ ${builder.say.t(`question.problems.${problem}`)}`,
      builder.say.t('caseload.called', { role: builder.say.label(`caseload.roles.${role}`) }),
    ),
    [],
  )

/** The link to show or forward, with its QR code; it names nobody. A minor's is for the minor alone. */
export const memberLinkView = (
  { say }: CardBuilder,
  facts: { role: MemberRole; link: string; expiresAt: Date; picture: Picture; region: Region; now: Date },
): View => {
  const { role, link, expiresAt, picture, region, now } = facts
  const until = formatDayUntil(say, { instant: expiresAt, timeZone: region.timeZone, now })
  return {
    screen: 'family-link',
    html: paragraphs(
      say.t(role === 'minor' ? 'caseload.linkMinor' : 'caseload.link', { until }),
      escapeHtml(link),
    ),
    rows: [],
    picture,
  }
}

/** The longest part of a name that fits on a button. */
const short = (name: string): string => cutName(name, 24)
