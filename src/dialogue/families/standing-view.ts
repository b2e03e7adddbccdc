import { formatDayUntil } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { Block } from '#storage/data-requests/restrictions.ts'

/** Of whoever a card is about: what their silence means, and that their data are blocked. */
export type Standing = {
  who: string
  minor: boolean
  hidden: boolean
  blocked: Block | null
  /** Nothing is left of them, and nobody can be reached. */
  erased?: boolean
}

/** What staff must know of them before they act, a paragraph each; empty: nothing. */
export const standingLines = (
  say: Say,
  people: readonly Standing[],
  { timeZone, now }: { timeZone: string; now: Date },
): string[] => [
  ...people.flatMap(({ erased }) => (erased ? [say.t('hide.staff.erased')] : [])),
  ...people.flatMap(({ who, minor, hidden }) =>
    hidden
      ? [[say.t('hide.staff.card', { who }), minor && say.t('hide.staff.minor')].filter(Boolean).join(' ')]
      : [],
  ),
  ...people.flatMap(({ who, blocked }) => {
    if (!blocked) return []
    const { number, by, ground } = blocked
    const until = formatDayUntil(say, { instant: blocked.until, timeZone, now })
    if (ground === 'withdrawn') return [say.t('hide.staff.withdrawn', { who, number, until })]
    return [say.t('hide.staff.blocked', { who, number, until, by: by ?? say.label('hide.staff.bySystem') })]
  }),
]

/** The members of a family of whom there is something to know. */
export const membersStanding = (
  say: Say,
  members: readonly { role: string; hidden: boolean; blocked: Block | null }[],
): Standing[] =>
  members
    .filter(({ hidden, blocked }) => hidden || blocked !== null)
    .map(({ role, hidden, blocked }) => ({
      ...{ who: say.label(`caseload.roles.${role}`), minor: role === 'minor', hidden, blocked },
    }))

/** The applicant of a request. */
export const applicantStanding = (
  say: Say,
  { applicant, ...standing }: { applicant: string; hidden: boolean; blocked: Block | null; erased: boolean },
): Standing[] => [
  {
    ...{ who: say.label(`case.applicants.${applicant}`), minor: applicant === 'minor' },
    ...{ hidden: standing.hidden, blocked: standing.blocked, erased: standing.erased },
  },
]
