import type { Clock } from '#core/clock.ts'
import type { Update, UpdateContent } from './types.ts'

export type Pending = {
  readonly update: Update
  /** Updates of one queue are delivered in sequence, different queues concurrently. */
  readonly queue: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const day = 24 * 60 * 60 * 1000
const tapLife = 150 * 1000

export type Updates = ReturnType<typeof createUpdates>

type Wiring = {
  clock: Clock
  firstId: number
  /** Increment of the ids. Telegram does not guarantee 1 and, after an idle week, not even an increase. */
  step: () => number
  onAdded: () => void
  onRemoved: (pending: Pending) => void
}

/** Unconfirmed updates, by ascending id. Messages are kept for 24 h, taps for 150 s. */
export const createUpdates = ({ clock, firstId, step, onAdded, onRemoved }: Wiring) => {
  const all = new Map<number, Pending>()
  const queues = new Map<string, Pending[]>()
  const state = { nextId: firstId, allowed: [] as string[] }

  const put = (pending: Pending) => {
    all.set(pending.update.update_id, pending)
    const queue = queues.get(pending.queue)
    if (queue) queue.push(pending)
    else queues.set(pending.queue, [pending])
  }

  const remove = (id: number) => {
    const pending = all.get(id)
    if (!pending) return
    all.delete(id)
    const rest = queues.get(pending.queue)?.filter((other) => other !== pending) ?? []
    if (rest.length > 0) queues.set(pending.queue, rest)
    else queues.delete(pending.queue)
    onRemoved(pending)
  }

  const dropExpired = () => {
    const now = clock.now().getTime()
    for (const pending of all.values()) if (pending.expiresAt <= now) remove(pending.update.update_id)
  }

  return {
    state,
    add: (content: UpdateContent, chatId: number) => {
      const kind = Object.keys(content)[0] ?? ''
      if (state.allowed.length > 0 && !state.allowed.includes(kind)) return
      const tap = 'callback_query' in content
      put({
        update: { update_id: state.nextId, ...content },
        queue: `${tap ? 'tap' : 'message'}:${chatId}`,
        expiresAt: clock.now().getTime() + (tap ? tapLife : day),
      })
      state.nextId += step() || 1
      onAdded()
    },
    /** Restores persisted updates. */
    restore: (kept: Pending[]) => kept.forEach(put),
    remove,
    /** Confirms all updates before this id. */
    confirmBefore: (id: number) => {
      for (const known of all.keys()) if (known < id) remove(known)
    },
    /** Drops all but the newest `count`. */
    keepNewest: (count: number) => {
      for (const known of [...all.keys()].slice(0, Math.max(all.size - count, 0))) remove(known)
    },
    list: (limit = Number.POSITIVE_INFINITY): Update[] => {
      dropExpired()
      const updates: Update[] = []
      for (const { update } of all.values()) {
        if (updates.length >= limit) break
        updates.push(update)
      }
      return updates
    },
    pending: (): Pending[] => [...all.values()],
    /** The next update of a queue that has not expired. */
    head: (queue: string): Pending | undefined => {
      dropExpired()
      return queues.get(queue)?.[0]
    },
    /** The queues with pending updates. */
    queues: () => [...queues.keys()],
    get size() {
      return all.size
    },
  }
}
