import { setImmediate as breathe } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { nameOf } from '#features/families/members.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  type CommentFilter,
  commentsOf,
  familyNumbers,
  type StoredComment,
  namesToMask,
} from '#storage/surveys/survey-comments.ts'
import { asReader, type ReaderScope } from '#storage/surveys/survey-reader.ts'
import { maskPersonal, type MaskWords } from '../mask.ts'
import type { SurveyResults } from './survey-result.ts'

/** A masked free-text answer. */
export type Comment = {
  question: string
  since: number
  text: string
  /** Monday of its week, ISO. */
  week: string
  territory: string
  /** The family's number if the author allowed contact, else null. */
  familyNumber: number | null
}

type Deps = { database: Database; sealer: Sealer }

/**
 * Masked free-text answers in the period of the results, newest first. Empty if too few have answered. Not filtered
 * by kind of help, which is not counted per answer. The caller must audit the access.
 */
export const readComments = async (
  { database, sealer }: Deps,
  {
    results,
    reach,
    words,
    limit,
  }: { results: SurveyResults; reach: ReaderScope; words: MaskWords; limit: number },
): Promise<Comment[]> => {
  const { query, sets } = results
  if (sets === null) return []
  const of: CommentFilter = {
    surveyCode: query.code,
    from: `${query.from}-01`,
    before: Temporal.PlainYearMonth.from(query.until).add({ months: 1 }).toPlainDate({ day: 1 }).toString(),
    territory: query.territory,
    level: query.level,
    curatorId: query.curatorId,
    limit,
  }
  const kept = await asReader(database, 'supervisor', reach, (reading) => commentsOf(reading, of))
  const around = await namesToMask(
    database,
    kept.map(({ invitationId }) => invitationId),
  )
  const numbers = await familyNumbers(
    database,
    kept.flatMap(({ familyId }) => familyId ?? []),
  )
  const comments: Comment[] = []
  for (const comment of kept) {
    const family = around.families.get(comment.invitationId)?.map((member) => nameOf(sealer, member)) ?? []
    const { question, since, week, territory, familyId } = comment
    comments.push({
      question,
      since,
      week,
      territory,
      text: maskPersonal(opened(sealer, comment), { names: [...family, ...around.staff], words }),
      familyNumber: familyId === null ? null : (numbers.get(familyId) ?? null),
    })
    // Masking takes about 0.3 ms each: thousands must not block conversations.
    if (comments.length % inARow === 0) await breathe()
  }
  return comments
}

const inARow = 50

const opened = (sealer: Sealer, { invitationId, question, text }: StoredComment): string =>
  sealer.open(text, `survey_answers.text.${invitationId}.${question}`)
