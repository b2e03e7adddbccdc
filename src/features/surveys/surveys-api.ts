import { DomainError } from '#core/errors.ts'
import { familyForCaller } from '#features/families/families-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import { dropPendingOfSurvey } from '#storage/surveys/survey-dispatch.ts'
import { insertSurvey, retireSurvey, type StoredSurvey, versionsOf } from '#storage/surveys/surveys.ts'
import type { SurveyDraft } from '#surveys/draft.ts'
import type { Survey } from '#surveys/schema.ts'
import type { SurveyFault } from './survey-errors.ts'
import { inviteOnRequest } from './invite.ts'
import { validateSurvey } from './validate-survey.ts'

// Operations of the centre's own systems. Surveys apply everywhere, so a key limited to territories cannot change
// them.

/** A survey that failed validation; nothing is stored. */
export class WrongSurvey extends DomainError {
  override name = 'WrongSurvey'
  readonly faults: readonly SurveyFault[]

  constructor(faults: readonly SurveyFault[]) {
    super('invalid-input')
    this.faults = faults
  }
}

type By = { caller: Caller; now: Date }

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
  { draft, ...by }: By & { draft: Omit<SurveyDraft, 'version'> },
): Promise<StoredSurvey> => {
  mustReachAll(by.caller)
  if ((await versionsOf(tx, draft.code)).length > 0) throw taken()
  return (await keep(tx, validated({ ...draft, version: 1 }, null), by)) ?? Promise.reject(taken())
}

const taken = () => new DomainError('already-open', { field: 'code' })

/**
 * Adds the next version, also of a built-in survey; a retired survey becomes active again. Throws `not-found`,
 * `not-allowed`, `WrongSurvey`, and `stale` if `version` is not the successor of the newest one.
 */
export const addVersion = async (
  tx: Tx,
  { draft, ...by }: By & { draft: SurveyDraft },
): Promise<StoredSurvey> => {
  const [{ survey: previous }] = await surveyVersions(tx, draft.code)
  mustReachAll(by.caller)
  if (draft.version !== previous.version + 1) throw new DomainError('stale')
  return (await keep(tx, validated(draft, previous), by)) ?? Promise.reject(new DomainError('stale'))
}

/**
 * Retires a survey: no more invitations are created, and unsent ones are dropped. Members who have begun may finish.
 * Throws `not-found` and `not-allowed`.
 */
export const endSurvey = async (tx: Tx, { code, caller, now }: By & { code: string }): Promise<void> => {
  await surveyVersions(tx, code)
  mustReachAll(caller)
  if (!(await retireSurvey(tx, code, now))) return
  await dropPendingOfSurvey(tx, code, now)
  await audit(tx, { caller, now })
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
  }: By & {
    code: string
    familyId: string
    memberIds?: readonly string[] | undefined
    timeZone: string
  },
): Promise<Invitation[]> => {
  const family = await familyForCaller(tx, { caller, id: familyId })
  const invited = await inviteOnRequest(tx, { code, family, memberIds, timeZone, now })
  await audit(tx, { caller, now, familyId })
  return invited
}

const validated = (draft: SurveyDraft, previous: Survey | null): Survey => {
  const found = validateSurvey(draft, { previous })
  if ('problems' in found) throw new WrongSurvey(found.problems)
  return found.survey
}

/** Returns null if a concurrent call was first. */
const keep = async (tx: Tx, survey: Survey, { caller, now }: By): Promise<StoredSurvey | null> => {
  const kept = { survey, publishedAt: now, apiKeyId: caller.keyId }
  if (!(await insertSurvey(tx, kept))) return null
  await audit(tx, { caller, now })
  return { ...kept, retiredAt: null }
}

const mustReachAll = ({ territories }: Caller): void => {
  if (territories !== 'all') throw new DomainError('not-allowed')
}

const audit = (tx: Tx, { caller, now, familyId }: By & { familyId?: string }): Promise<void> =>
  addAudit(tx, { at: now, action: 'surveys.changed', apiKeyId: caller.keyId, ...(familyId && { familyId }) })
