import type { StorageAdapter } from 'grammy'
import { forgotten, type Session } from '#dialogue/session.ts'

const knownMs = 60 * 60 * 1000

export type SessionsWithEnds = {
  storage: StorageAdapter<Session>
  /** Keeps a session after its card was drawn, or deletes it if the person refused to be known. */
  keep(account: string, session: Session): Promise<void>
}

/**
 * Deletes a session whose person refused to be known. For an hour this process still knows which card is on their screen
 * and how it addresses them, and nothing that they said: the crisis card returns to it, and a repeated input changes
 * nothing.
 */
export const withEnds = ({ read, write, delete: remove }: StorageAdapter<Session>): SessionsWithEnds => {
  const ends = new Map<string, Session>()
  const remember = (account: string, left: Session) => {
    ends.set(account, left)
    setTimeout(() => {
      if (ends.get(account) === left) ends.delete(account)
    }, knownMs).unref()
  }
  const storage: StorageAdapter<Session> = {
    read: async (account) => (await read(account)) ?? structuredClone(ends.get(account)),
    write: (account, session) => {
      ends.delete(account)
      return write(account, session)
    },
    delete: (account) => {
      ends.delete(account)
      return remove(account)
    },
  }
  return {
    storage,
    keep: async (account, session) => {
      if (session.forget === undefined) return storage.write(account, session)
      // The card is still to be drawn, perhaps by another process.
      if (session.undrawn) return storage.write(account, forgotten(session))
      await storage.delete(account)
      remember(account, forgotten(session))
    },
  }
}
