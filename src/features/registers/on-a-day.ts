import type { EpisodeRow } from '#storage/registers/episode-rows.ts'

/** Whether a family was under support on a day. Pure. */
export const openOn = ({ acceptedOn, closedOn }: EpisodeRow, day: string): boolean =>
  acceptedOn <= day && (closedOn === null || closedOn >= day)

/** The level on a day, as far as it was recorded: one that nobody has changed since holds from the beginning. Pure. */
export const levelOn = ({ events, level }: EpisodeRow, day: string): string | null => {
  const set = events.filter(({ kind }) => kind === 'level-set')
  if (set.length === 0) return level
  return set.findLast((event) => event.day <= day)?.detail ?? null
}

export const heldOn = ({ since, until }: { since: string; until: string | null }, day: string): boolean =>
  since <= day && (until === null || until >= day)
