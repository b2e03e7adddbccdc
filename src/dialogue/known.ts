import type { Answers } from '#features/intake/answers.ts'
import type { Snapshot } from '#storage/people.ts'

type Known = { who: Snapshot; answers: Answers }

/**
 * Cached snapshots of people who are answering right now. Only answers of the questionnaire rely on it, because their
 * write names the draft's revision: if another instance has changed it meanwhile, the write is refused and the turn
 * re-read.
 */
export type KnownPeople = {
  recall(account: string): Known | undefined
  remember(account: string, known: Known): void
  forget(account: string): void
}

const most = 5_000

export const createKnownPeople = (): KnownPeople => {
  const people = new Map<string, Known>()
  return {
    recall: (account) => people.get(account),
    remember: (account, known) => {
      people.delete(account)
      people.set(account, known)
      const [oldest] = people.keys()
      if (people.size > most && oldest !== undefined) people.delete(oldest)
    },
    forget: (account) => void people.delete(account),
  }
}
