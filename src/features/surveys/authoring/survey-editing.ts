import { isDeepStrictEqual } from 'node:util'
import { DomainError } from '#core/errors.ts'
import { draftKeptMs, dropDraft, readDraft, saveDraft } from '#features/staff/staff-drafts.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { staffDraftsLike } from '#storage/staff/staff-drafts.ts'
import { newestSurveys, type StoredSurvey, versionsOf } from '#storage/surveys/surveys.ts'
import type { SurveyDraft } from '#surveys/draft.ts'
import type { Survey } from '#surveys/schema.ts'
import { secondsOf } from '../estimated-time.ts'
import type { SurveyFault } from '../survey-errors.ts'
import { mustKeepSurveys } from '../survey-keeper.ts'
import { addSurvey, addVersion, WrongSurvey } from '../surveys-api.ts'
import { validateSurvey } from '../validate-survey.ts'
import { draftOf, type EditedSurvey, editedOf, editedSurveySchema } from './edited-survey.ts'

// A survey as its author types it, over pages: a draft of their own for a day, until it is published as a new version (ADR 107).

type Deps = { sealer: Sealer; region: Region }
type Asked = { staff: StaffMember; code: string; now: Date }

export type SurveyEditing = {
  code: string
  /** The newest version; null: a new survey. */
  newest: StoredSurvey | null
  edited: EditedSurvey
  /** Something was typed and not published. */
  isDraft: boolean
  /** Somebody has published a version since it was begun. */
  isBehind: boolean
}

const prefix = 'survey.'
const formOf = (code: string): string => `${prefix}${code}`

/** The newest version with what was typed over it. Throws `not-found` for whoever writes no surveys, and for a code without either. */
export const surveyToEdit = async (
  reader: Reader,
  { sealer, region }: Deps,
  { staff, code, now }: Asked,
): Promise<SurveyEditing> => {
  mustKeepSurveys({ staff, region })
  const [newest = null] = await versionsOf(reader, code)
  const kept = await readDraft(reader, sealer, { staffId: staff.id, form: formOf(code), now })
  const begun = kept && readTyped(kept.fields.survey)
  if (!newest && !begun) throw new DomainError('not-found')
  const edited = begun ?? editedOf(newest?.survey ?? null)
  const isBehind = edited.base !== (newest?.survey.version ?? 0)
  return { code, newest, edited, isDraft: begun !== null, isBehind }
}

const readTyped = (written: unknown): EditedSurvey | null => {
  if (typeof written !== 'string') return null
  return editedSurveySchema.nullable().catch(null).parse(JSON.parse(written))
}

/** The codes of which somebody has a draft. */
export const draftsOf = async (
  reader: Reader,
  { staff, now }: Pick<Asked, 'staff' | 'now'>,
): Promise<string[]> => {
  const since = new Date(now.getTime() - draftKeptMs)
  const forms = await staffDraftsLike(reader, { staffId: staff.id, prefix, since })
  return forms.map((form) => form.slice(prefix.length))
}

/** Keeps what was typed. Throws `invalid-input` for more than a draft holds. */
export const keepTyped = (
  tx: Tx,
  { sealer }: Pick<Deps, 'sealer'>,
  { staff, code, edited, now }: Asked & { edited: EditedSurvey },
): Promise<void> =>
  saveDraft(tx, sealer, {
    ...{ staffId: staff.id, form: formOf(code), now },
    fields: { survey: JSON.stringify(edited) },
  })

/** Begins a survey of the centre's own under a free code, which it returns: `own-3`. Throws `not-found`. */
export const beginSurvey = async (
  tx: Tx,
  deps: Deps,
  { staff, now }: Pick<Asked, 'staff' | 'now'>,
): Promise<string> => {
  mustKeepSurveys({ staff, region: deps.region })
  const code = await freeCode(tx, await draftsOf(tx, { staff, now }))
  await keepTyped(tx, deps, { staff, code, edited: editedOf(null), now })
  return code
}

const freeCode = async (reader: Reader, drafts: readonly string[]): Promise<string> => {
  const taken = new Set([...(await newestSurveys(reader)).map(({ survey }) => survey.code), ...drafts])
  let number = 1
  while (taken.has(`own-${number}`)) number += 1
  return `own-${number}`
}

/** Forgets what was typed; versions stay as they are. Throws `not-found`. */
export const discardTyped = async (tx: Tx, deps: Deps, { staff, code }: Asked): Promise<void> => {
  mustKeepSurveys({ staff, region: deps.region })
  await dropDraft(tx, { staffId: staff.id, form: formOf(code) })
}

/** Puts a draft upon the version that somebody published meanwhile, which it will replace as a whole. Throws `not-found`. */
export const catchUpSurvey = async (tx: Tx, deps: Deps, asked: Asked): Promise<void> => {
  const { newest, edited } = await surveyToEdit(tx, deps, asked)
  if (!newest) return
  await keepTyped(tx, deps, { ...asked, edited: { ...edited, base: newest.survey.version } })
}

export type SurveyCheck = {
  editing: SurveyEditing
  faults: SurveyFault[]
  /** As it would be published; null: it has faults. */
  ready: {
    survey: Survey
    seconds: number
    /** Nothing differs from the newest version. */
    same: boolean
  } | null
}

/** What publishing would do, or all that is wrong. Pure. */
export const checkTyped = (editing: SurveyEditing): SurveyCheck => {
  const { code, newest, edited } = editing
  const previous = newest?.survey ?? null
  const version = (previous?.version ?? 0) + 1
  const found = validateSurvey(draftOf(edited, { code, version }), { previous })
  if ('problems' in found) return { editing, faults: found.problems, ready: null }
  const { survey } = found
  const same = previous !== null && isDeepStrictEqual({ ...survey, version: previous.version }, previous)
  return { editing, faults: [], ready: { survey, seconds: secondsOf(survey.questions), same } }
}

/**
 * Publishes what was typed as the next version, or as a new survey, and forgets the draft. Throws `not-found`, `stale` if somebody
 * has published meanwhile, and `WrongSurvey`.
 */
export const publishTyped = async (tx: Tx, deps: Deps, asked: Asked): Promise<StoredSurvey> => {
  const { staff, now } = asked
  const editing = await surveyToEdit(tx, deps, asked)
  if (!editing.isDraft) throw new DomainError('not-found')
  const { faults, ready } = checkTyped(editing)
  if (!ready) throw new WrongSurvey(faults)
  const by = { staff, region: deps.region }
  const draft = withoutSince(ready.survey)
  const published = await publish(tx, { draft, by, now, editing })
  await dropDraft(tx, { staffId: staff.id, form: formOf(asked.code) })
  return published
}

const publish = async (
  tx: Tx,
  {
    draft,
    editing: { edited, newest, isBehind },
    ...by
  }: { draft: SurveyDraft; editing: SurveyEditing } & Omit<Parameters<typeof addVersion>[1], 'draft'>,
): Promise<StoredSurvey> => {
  if (edited.base === 0) {
    // Somebody else began one under this code, and was first.
    const code = newest ? await freeCode(tx, []) : draft.code
    const { version: _, ...first } = draft
    return addSurvey(tx, { ...by, draft: { ...first, code } })
  }
  if (isBehind) throw new DomainError('stale')
  return addVersion(tx, { ...by, draft })
}

const withoutSince = (survey: Survey): SurveyDraft => ({
  ...survey,
  questions: survey.questions.map(({ since: _, ...question }) => question),
})
