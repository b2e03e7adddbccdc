import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { nameOf } from '#features/families/members.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { namesToMask } from '#storage/surveys/survey-comments.ts'
import { asReader } from '#storage/surveys/survey-reader.ts'
import { type SingleSet, singleSetsOf } from '#storage/surveys/survey-single-answers.ts'
import { versionsOf } from '#storage/surveys/surveys.ts'
import { type MaskWords, maskPersonal } from '../mask.ts'
import { placeOf } from '../survey-for-member.ts'

/** The cursor of a page. */
export type SinglePlace = { week: string; id: string }

/**
 * A page of submitted answer sets, newest week first and unordered within a week, for a key with access to single
 * answers. Free text is masked; respondents who allowed it are identified by ids. Every page is audited, and so is
 * every family that it identifies. Throws `not-found` for an unknown survey.
 */
export const singleAnswers = async (
  { database, sealer }: { database: Database; sealer: Sealer },
  {
    code,
    caller: { keyId: apiKeyId, territories },
    territory,
    after,
    limit,
    words,
    now,
  }: {
    code: string
    caller: Caller
    territory: string | undefined
    after: SinglePlace | undefined
    limit: number
    words: MaskWords
    now: Date
  },
): Promise<{ items: SingleSet[]; next: SinglePlace | null }> => {
  const first = (await versionsOf(database, code)).at(-1)
  if (!first) throw new DomainError('not-found')
  const found = await asReader(database, 'supervisor', { territories, staffId: null }, async (reading) => {
    const sets: SingleSet[] = []
    const begin = mondayOf(first.publishedAt)
    let week = after ? Temporal.PlainDate.from(after.week) : mondayOf(now)
    for (
      ;
      Temporal.PlainDate.compare(week, begin) >= 0 && sets.length <= limit;
      week = week.subtract({ days: 7 })
    )
      sets.push(
        ...(await singleSetsOf(reading, {
          surveyCode: code,
          week: week.toString(),
          territory,
          after: week.toString() === after?.week ? after.id : undefined,
          limit: limit + 1 - sets.length,
        })),
      )
    return sets
  })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  await database.transaction(async (tx) => {
    const named = new Set(items.flatMap(({ familyId }) => familyId ?? []))
    for (const familyId of [null, ...named])
      await addAudit(tx, { at: now, action: 'surveys.answers', apiKeyId, familyId })
  })
  return {
    items: await masked({ database, sealer }, items, words),
    next: found.length > limit && last ? { week: last.week, id: last.id } : null,
  }
}

const mondayOf = (moment: Date): Temporal.PlainDate => {
  const day = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO('UTC').toPlainDate()
  return day.subtract({ days: day.dayOfWeek - 1 })
}

const masked = async (
  { database, sealer }: { database: Database; sealer: Sealer },
  sets: readonly SingleSet[],
  words: MaskWords,
): Promise<SingleSet[]> => {
  const withWords = sets.filter(({ answers }) => answers.some(({ text }) => text !== null))
  const around = await namesToMask(
    database,
    withWords.map(({ invitationId }) => invitationId),
  )
  return sets.map((set) => {
    const family = around.families.get(set.invitationId)?.map((member) => nameOf(sealer, member)) ?? []
    const names = [...family, ...around.staff]
    const answers = set.answers.map(({ text, ...answer }) => ({
      ...answer,
      text:
        text === null
          ? null
          : maskPersonal(sealer.open(text, placeOf(set.invitationId, answer.question)), { names, words }),
    }))
    return { ...set, answers }
  })
}
