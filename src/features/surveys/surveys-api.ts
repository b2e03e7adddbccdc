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

// What the centre's own systems do with surveys. They are asked everywhere: a key of some territories changes none.

/** A survey that cannot be asked; nothing of it is kept. */
export class WrongSurvey extends DomainError {
  override name = 'WrongSurvey'
  readonly faults: readonly SurveyFault[]

  constructor(faults: readonly SurveyFault[]) {
    super('invalid-input')
    this.faults = faults
  }
}

type By = { caller: Caller; now: Date }

/** All versions of a survey, the newest first. Throws `not-found`. */
export const surveyVersions = async (
  reader: Reader,
  code: string,
): Promise<[StoredSurvey, ...StoredSurvey[]]> => {
  const [newest, ...before] = await versionsOf(reader, code)
  if (!newest) throw new DomainError('not-found')
  return [newest, ...before]
}

/** What would be kept as the next version of its code, or as the first one; nothing is. Throws `WrongSurvey`. */
export const previewSurvey = async (reader: Reader, draft: Omit<SurveyDraft, 'version'>): Promise<Survey> => {
  const [newest] = await versionsOf(reader, draft.code)
  const previous = newest?.survey ?? null
  return validated({ ...draft, version: (previous?.version ?? 0) + 1 }, previous)
}

/** Adds a survey. Throws `WrongSurvey`, `not-allowed`, and `already-open` where there is one of this code, ended or not. */
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
 * Adds the next version, of the product's own surveys too; with it a survey that had ended is asked again. Throws
 * `not-found`, `not-allowed`, `WrongSurvey`, and `stale` where `version` is not one more than the newest.
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
 * Ends a survey: nobody is invited to it any more, and whoever was not told of an invitation yet is not. Who has begun may
 * go on. Throws `not-found` and `not-allowed`.
 */
export const endSurvey = async (tx: Tx, { code, caller, now }: By & { code: string }): Promise<void> => {
  await surveyVersions(tx, code)
  mustReachAll(caller)
  if (!(await retireSurvey(tx, code, now))) return
  await dropPendingOfSurvey(tx, code, now)
  await audit(tx, { caller, now })
}

/**
 * Invites members of a family, once a day each. Throws `not-found` for a family that the key does not reach, and as
 * `inviteOnRequest` does.
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

/** Null: somebody else was quicker. */
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
