import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, answersSchema } from './answers.ts'

/** The answers of a draft; null if they are of an earlier questionnaire. Throws like `Sealer.open`. */
export const openAnswers = (
  sealer: Sealer,
  { draft, person }: { draft: NonNullable<Snapshot['draft']>; person: Snapshot['person'] },
): Answers | null => {
  const read = answersSchema.safeParse(sealer.openJson(draft.answers, `drafts.answers.${person.id}`))
  return read.success ? read.data : null
}
