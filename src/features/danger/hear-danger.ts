import { memoByText } from '#core/memo.ts'
import { dangerEntries } from './danger-entries.ts'
import { type DangerKind, type DangerLevel, dangerKinds, dangerLevels } from './danger-kinds.ts'
import { createMatcher } from './match-entries.ts'
import { readingsOf } from './text-words.ts'

const match = createMatcher(dangerEntries)

/** A text is heard when it is sent, when a list is offered for it, and when the request is: mostly within minutes. */
const entriesIn = memoByText(200, (text) => readingsOf(text).flatMap(match))

/** What was heard in a text. Nothing of the text is part of it. */
export type Heard = {
  /** In the order of `dangerKinds`. */
  kinds: readonly DangerKind[]
  level: DangerLevel
  /** Ids of the entries that applied. */
  entries: readonly string[]
}

/** Hears words of danger in a text; null if there are none. */
export const hearDanger = (text: string, switchedOff: ReadonlySet<string> = none): Heard | null => {
  const found = entriesIn(text).filter(({ id }) => !switchedOff.has(id))
  const level = dangerLevels.find((one) => found.some((entry) => entry.level === one))
  if (level === undefined) return null
  return {
    kinds: dangerKinds.filter((kind) => found.some((entry) => entry.kind === kind)),
    level,
    entries: [...new Set(found.map(({ id }) => id))],
  }
}

const none: ReadonlySet<string> = new Set()
