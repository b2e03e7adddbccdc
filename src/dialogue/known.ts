import type { Answers } from '#features/intake/answers.ts'
import type { Snapshot } from '#storage/people.ts'

type Known = { who: Snapshot; answers: Answers }

/**
 * What was read of the persons who are answering just now. Only an answer of the questionnaire is judged by it, for
 * its write names the draft's revision: what another instance has changed meanwhile is refused, and read again.
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
