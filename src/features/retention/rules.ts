import { draftKeptMs } from '#features/staff/staff-drafts.ts'
import type { Expiring } from '#storage/retention/expired.ts'
import { deletableForMs } from '#storage/staff/staff-messages.ts'

const day = 24 * 60 * 60 * 1000

/** What a rule does with what is past its term. */
export type RetentionRule = {
  kind: Expiring
  /** Days, or years of the calendar; `setting`: as the centre says (`CLOSED_CASES_YEARS`), and until then nothing is deleted. */
  keeps: { days: number } | { years: number } | 'setting'
  /** `queue`: pg-boss does it by itself, and it is listed only. */
  by: 'us' | 'queue'
  /** Why so long, in a word to operators. */
  why: string
}

const days = (kind: Expiring, kept: number, why: string): RetentionRule => ({
  kind,
  keeps: { days: kept },
  by: 'us',
  why,
})

/** How long what is kept: one table, in the order of its running. */
export const retentionRules: readonly RetentionRule[] = [
  days('drafts', 30, 'an unfinished request, with its consents: as families are told'),
  days('processed-updates', 7, 'Telegram repeats an update for one day at most'),
  days('failed-updates', 30, 'for looking into a fault'),
  days('idempotent-answers', 1, 'a repeated call of the API'),
  days('staff-messages', deletableForMs / day, 'Telegram deletes nothing that is older'),
  days('chat-messages', deletableForMs / day, 'Telegram deletes nothing that is older'),
  days('stray-hidden', 180, 'a hidden chat of somebody who is not stored'),
  days('staff-drafts', draftKeptMs / day, 'a form that was not sent'),
  days('staff-links', 7, 'a link that nobody opened'),
  days('family-links', 7, 'a link that nobody opened'),
  days('console-access', 7, 'links and sessions that have ended'),
  days('console-challenges', 0, 'answers to challenges of passkeys'),
  days('webhook-events', 90, 'a receiver may ask for them again'),
  days('together', 30, 'an invitation to ask together that nobody came in by'),
  days('pushes', 30, 'notices that were sent or dropped'),
  { kind: 'audit', keeps: { years: 3 }, by: 'us', why: 'who looked at what; its chain stays verifiable' },
  { kind: 'dead-jobs', keeps: { days: 90 }, by: 'queue', why: 'jobs: a day after they end, dead letters 90' },
  {
    kind: 'closed-cases',
    keeps: 'setting',
    by: 'us',
    why: 'families whose support has ended, with all of theirs',
  },
  { kind: 'closed-requests', keeps: 'setting', by: 'us', why: 'requests that became no case' },
]

/** The moment before which a rule lets go; null: the centre has not said. */
export const termOf = (
  { keeps }: Pick<RetentionRule, 'keeps'>,
  { now, closedYears }: { now: Date; closedYears: number | undefined },
): Date | null => {
  if (keeps === 'setting') return closedYears === undefined ? null : yearsBefore(now, closedYears)
  return 'days' in keeps ? new Date(now.getTime() - keeps.days * day) : yearsBefore(now, keeps.years)
}

const yearsBefore = (now: Date, years: number): Date => {
  const before = new Date(now)
  before.setUTCFullYear(now.getUTCFullYear() - years)
  // 29 February, and that year had none: the day before, so that nothing goes early.
  if (before.getUTCDate() !== now.getUTCDate()) before.setUTCDate(0)
  return before
}
