import { formatDay, formatTime } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { CuratorWord } from '#features/cases/curator-word.ts'
import type { PapersMissing } from '#features/consents/papers-missing.ts'
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
import { membersStanding, standingLines } from './standing-view.ts'
import { accountChecks, joined, memberLines } from './staff-family-parts-view.ts'

type When = { region: Region; now: Date }
type Warned = { safety: readonly SafetyFact[] }

/** What the reader may do with it. */
type Doing = {
  rights: ReadonlySet<FamilyRight>
  /** Support has ended, and they stay in touch. */
  inTouch: boolean
  /** What the family has said of its curator, as far as the reader may know it. */
  word: CuratorWord
}

/** What is to be signed or shown at the next visit. */
type Signing = { papers: PapersMissing }

/** A family at a glance, with links to its visits, its plan, and whatever else there is to do. */
export const familyCaseView = (
  builder: CardBuilder,
  facts: FamilyCase & When & Warned & Doing & Signing & { urgency: readonly UrgentReason[] },
): View => {
  const { family, curator, members, nextVisit, safety, urgency, inTouch, word, papers, region, now } = facts
  const { say } = builder
  const { number } = family
  const moment = (instant: Date) => ({ instant, timeZone: region.timeZone, now })
  const lines = [
    say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', family.territory) }),
    say.t('caseload.level', { level: levelInWords(say, family) }),
    say.t('caseload.stage', { stage: optionLabel(say, region.code, 'stages', family.stage) }),
    curator ? say.t('caseload.curator', { name: curator.name }) : say.t('caseload.noCurator'),
    ...(word === null
      ? []
      : [say.t(word === 'agreed' ? 'ourCurator.staff.agreed' : 'ourCurator.staff.wishes')]),
    nextVisit
      ? say.t('caseload.nextVisit', {
          day: formatDay(say, moment(nextVisit.startsAt)),
          time: formatTime(nextVisit.startsAt, region.timeZone),
        })
      : say.t('caseload.noVisit'),
  ]
  const html = paragraphs(
    urgency.length > 0 && say.t('caseload.urgent', { why: reasonsInWords(say, region, urgency) }),
    say.t('caseload.one', { number }),
    safetyText(say, safety, { timeZone: region.timeZone, now }),
    ...standingLines(say, membersStanding(say, members), { timeZone: region.timeZone, now }),
    family.closedAt && say.t('caseload.closed', { day: formatDay(say, moment(family.closedAt)) }),
    inTouch && say.t('afterLook.staff.inTouch'),
    lines.join('\n'),
    memberLines(say, members),
    papersText(say, papers, { region, now }),
  )
  return builder.card('family-case', html, cardRows(builder, facts), { back: false })
}

/**
 * What is used most, and the ways to the rest: with «Menu» and the crisis button eight stand there. After the end of support
 * there is less to do (`family-access.ts`).
 */
const cardRows = (
  builder: CardBuilder,
  { family: { id }, members, rights, inTouch }: Pick<FamilyCase, 'family' | 'members'> & Doing,
): Button[][] => {
  const { say, link } = builder
  const [check] = accountChecks(builder, members)
  return [
    ...(inTouch ? [[link(say.label('afterLook.staff.button'), 'f-look', id)]] : []),
    ...(check ? [check] : []),
    [
      ...(rights.has('charge') ? [link(say.label('caseload.visits'), 'f-visits', id)] : []),
      ...(rights.has('conversations') ? [link(say.label('caseload.plan'), 'f-plan', id)] : []),
    ],
    [
      ...(rights.has('contact') ? [link(say.label('reach.button'), 'f-reach', id)] : []),
      link(say.label('caseload.people.button'), 'f-people', id),
    ],
    [
      link(say.label('caseload.file.button'), 'f-file', id),
      // An account to be confirmed is more urgent; the list is in the menu, too.
      ...(check ? [] : [link(say.label('home.caseload'), 'f-list')]),
    ],
  ].filter((row) => row.length > 0)
}

/** What of the papers is missing, for staff; null: nothing. Nothing of it holds up help. */
const papersText = (
  say: Say,
  { signature, authority, unanswered }: PapersMissing,
  { region: { timeZone }, now }: When,
): string | null => {
  const lines = [
    ...(signature.length > 0 ? [say.t('special.bot.needed')] : []),
    ...(authority > 0 ? [say.t('special.bot.authority')] : []),
    ...unanswered.map(({ role, until, overdue }) =>
      say.t(overdue ? 'special.bot.unansweredLate' : 'special.bot.unanswered', {
        who: say.label(`caseload.roles.${role}`),
        until: formatDay(say, { instant: new Date(`${until}T09:00:00Z`), timeZone, now }),
      }),
    ),
  ]
  return lines.length === 0 ? null : [...lines, say.t('special.bot.where')].join('\n')
}

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

const levelInWords = (say: Say, { level }: Family): string =>
  say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`)
