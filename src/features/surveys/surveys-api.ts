import { DomainError } from '#core/errors.ts'
import { familyForCaller } from '#features/families/families-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { dropPendingOfSurvey } from '#storage/surveys/survey-dispatch.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import {
  insertSurvey,
  retireSurvey,
  type StoredSurvey,
  type SurveyAuthor,
  versionsOf,
} from '#storage/surveys/surveys.ts'
import type { SurveyDraft } from '#surveys/draft.ts'
import type { Survey } from '#surveys/schema.ts'
import { inviteOnRequest } from './invite.ts'
import type { SurveyFault } from './survey-errors.ts'
import { mustKeepSurveys, type SurveyKeeper } from './survey-keeper.ts'
import { validateSurvey } from './validate-survey.ts'

// Operations of the centre's own systems, and of whoever writes surveys in the console. Surveys apply everywhere, so a key
// limited to territories cannot change them.

/** A survey that failed validation; nothing is stored. */
export class WrongSurvey extends DomainError {
  override name = 'WrongSurvey'
  readonly faults: readonly SurveyFault[]

  constructor(faults: readonly SurveyFault[]) {
    super('invalid-input')
    this.faults = faults
  }
}

type By = { by: SurveyKeeper; now: Date }

/** All versions of a survey, newest first. Throws `not-found`. */
export const surveyVersions = async (
  reader: Reader,
  code: string,
): Promise<[StoredSurvey, ...StoredSurvey[]]> => {
  const [newest, ...before] = await versionsOf(reader, code)
  if (!newest) throw new DomainError('not-found')
  return [newest, ...before]
}

/**
 * Validates a draft as the next version of its code, or as the first one, without storing it. Throws `WrongSurvey`.
 */
export const previewSurvey = async (reader: Reader, draft: Omit<SurveyDraft, 'version'>): Promise<Survey> => {
  const [newest] = await versionsOf(reader, draft.code)
  const previous = newest?.survey ?? null
  return validated({ ...draft, version: (previous?.version ?? 0) + 1 }, previous)
}

/**
 * Adds a survey. Throws `WrongSurvey`, `not-allowed`, and `already-open` if the code is taken, even by a retired
 * survey.
 */
export const addSurvey = async (
  tx: Tx,
  { draft, by, now }: By & { draft: Omit<SurveyDraft, 'version'> },
): Promise<StoredSurvey> => {
  const author = mustKeepSurveys(by)
  if ((await versionsOf(tx, draft.code)).length > 0) throw taken()
  const survey = validated({ ...draft, version: 1 }, null)
  return (await keep(tx, survey, { author, now })) ?? Promise.reject(taken())
}

const taken = () => new DomainError('already-open', { field: 'code' })

/**
 * Adds the next version, also of a built-in survey; a retired survey becomes active again. Throws `not-found`,
 * `not-allowed`, `WrongSurvey`, and `stale` if `version` is not the successor of the newest one.
 */
export const addVersion = async (
  tx: Tx,
  { draft, by, now }: By & { draft: SurveyDraft },
): Promise<StoredSurvey> => {
  const [{ survey: previous }] = await surveyVersions(tx, draft.code)
  const author = mustKeepSurveys(by)
  if (draft.version !== previous.version + 1) throw new DomainError('stale')
  const survey = validated(draft, previous)
  return (await keep(tx, survey, { author, now })) ?? Promise.reject(new DomainError('stale'))
}

/**
 * Retires a survey: no more invitations are created, and unsent ones are dropped. Members who have begun may finish.
 * Throws `not-found` and `not-allowed`.
 */
export const endSurvey = async (tx: Tx, { code, by, now }: By & { code: string }): Promise<void> => {
  await surveyVersions(tx, code)
  const author = mustKeepSurveys(by)
  if (!(await retireSurvey(tx, code, now))) return
  await dropPendingOfSurvey(tx, code, now)
  await audit(tx, { author, now })
}

/**
 * Invites members of a family, at most once a day each. Throws `not-found` for a family outside the key's
 * territories, and the errors of `inviteOnRequest`.
 */
export const inviteFamily = async (
  tx: Tx,
  {
    code,
    familyId,
    memberIds,
    timeZone,
    caller,
    now,
  }: {
    caller: Caller
    now: Date
    code: string
    familyId: string
    memberIds?: readonly string[] | undefined
    timeZone: string
  },
): Promise<Invitation[]> => {
  const family = await familyForCaller(tx, { caller, id: familyId })
  const invited = await inviteOnRequest(tx, { code, family, memberIds, timeZone, now })
  await audit(tx, { author: { apiKeyId: caller.keyId, staffId: null }, now, familyId })
  return invited
}

const validated = (draft: SurveyDraft, previous: Survey | null): Survey => {
  const found = validateSurvey(draft, { previous })
  if ('problems' in found) throw new WrongSurvey(found.problems)
  return found.survey
}

/** Returns null if a concurrent call was first. */
const keep = async (tx: Tx, survey: Survey, { author, now }: Authored): Promise<StoredSurvey | null> => {
  const kept = { survey, publishedAt: now, ...author }
  if (!(await insertSurvey(tx, kept))) return null
  await audit(tx, { author, now })
  return { ...kept, retiredAt: null }
}

type Authored = { author: SurveyAuthor; now: Date }

const audit = (tx: Tx, { author, now, familyId }: Authored & { familyId?: string }): Promise<void> =>
  addAudit(tx, { at: now, action: 'surveys.changed', ...author, ...(familyId && { familyId }) })
