import { sha256 } from '#core/ids.ts'
import type { Log } from '#core/log.ts'
import type { Enqueue } from '#queue/queues.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Database } from '#storage/database.ts'
import {
  type AuditLink,
  countUnlinked,
  type HashedEntry,
  insertLinks,
  lastLink,
  lastForgotten,
  linksAfter,
  lockLinks,
  unlinkedEntries,
} from '#storage/staff/audit-links.ts'

/** What precedes the first link. */
const origin = '0'.repeat(64)
const batch = 500

const hashLink = (before: string, { position, entryId, day }: Omit<AuditLink, 'hash'>, text: string) =>
  sha256([before, position, day, entryId, text].join('\n'))

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** The links that continue a chain. */
export const continueChain = (
  last: Pick<AuditLink, 'position' | 'hash'> | null,
  entries: readonly HashedEntry[],
  day: string,
): AuditLink[] => {
  let { position, hash } = last ?? { position: 0n, hash: origin }
  return entries.map(({ entryId, text }) => {
    position += 1n
    hash = hashLink(hash, { position, entryId, day }, text)
    return { position, entryId, day, hash }
  })
}

/** Links the entries that were committed since. Writers of the audit never wait for it. Returns how many. */
export const linkAudit = async (database: Database, now: Date): Promise<number> => {
  for (let count = 0; ; ) {
    const linked = await database.transaction(async (tx) => {
      if (!(await lockLinks(tx))) return 0
      const entries = await unlinkedEntries(tx, batch)
      if (entries.length > 0) await insertLinks(tx, continueChain(await lastLink(tx), entries, dayOf(now)))
      return entries.length
    })
    count += linked
    if (linked < batch) return count
  }
}

export type Head = { day: string; hash: string }

/** Publishes where the chain stood at the end of yesterday, to systems and to the log: what cannot be computed anew. */
export const publishHead = async (
  database: Database,
  { enqueue }: { enqueue: Enqueue },
  { now, log }: { now: Date; log: Log },
): Promise<void> => {
  await linkAudit(database, now)
  const day = dayOf(new Date(now.getTime() - 24 * 60 * 60 * 1000))
  const last = await lastLink(database, day)
  const head = { day, entries: Number(last?.position ?? 0), hash: last?.hash ?? origin }
  await database.transaction((tx) =>
    announce(tx, { enqueue }, { type: 'audit.head', now, requestId: null, data: head }),
  )
  log.info('audit.head', head)
}

export type Verified = {
  /** Entries whose link is right, up to the first broken one. */
  intact: number
  /** Entries that have no link yet. */
  waiting: number
  broken: { day: string; entryId: bigint; why: 'changed' | 'gone' | 'moved' | 'late' | 'another-head' } | null
}

/** Recomputes the whole chain, but for what was deleted for its age, and compares it with heads that were published. */
export const verifyAudit = async (database: Database, heads: readonly Head[] = []): Promise<Verified> => {
  const open = new Map(heads.map(({ day, hash }) => [day, hash]))
  const { waiting, late } = await countUnlinked(database)
  const forgotten = await lastForgotten(database)
  let before: Pick<AuditLink, 'position' | 'hash' | 'day' | 'entryId'> = {
    position: 0n,
    hash: origin,
    day: '',
    entryId: 0n,
  }
  const result = (broken: Verified['broken']): Verified => ({
    intact: Number(before.position),
    waiting,
    broken,
  })
  /** The head of each day that has ended before `until`. */
  const wrongHead = (until: string) =>
    [...open].find(([day, hash]) => {
      if (day < before.day || day >= until) return false
      open.delete(day)
      return hash !== before.hash
    })
  for (;;) {
    const links = await linksAfter(database, before.position, batch)
    for (const link of links) {
      const { day, entryId, text } = link
      const wrong = wrongHead(day)
      if (wrong) return result({ day: wrong[0], entryId: before.entryId, why: 'another-head' })
      const broken = (why: 'changed' | 'gone' | 'moved') => result({ day, entryId, why })
      const old = forgotten !== null && link.position <= forgotten.position
      if (text === null && !old) return broken('gone')
      if (link.position !== before.position + 1n || day < before.day) return broken('moved')
      // What was deleted for its age cannot be computed: its links lead to the hash that was noted then.
      if (text !== null && link.hash !== hashLink(before.hash, link, text)) return broken('changed')
      if (link.position === forgotten?.position && link.hash !== forgotten.hash) return broken('changed')
      before = link
    }
    if (links.length < batch) break
  }
  const wrong = wrongHead('9999-12-31')
  if (wrong) return result({ day: wrong[0], entryId: before.entryId, why: 'another-head' })
  return result(late === null ? null : { day: before.day, entryId: late, why: 'late' })
}
