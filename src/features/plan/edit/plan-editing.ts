import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { staffRights } from '#features/families/family-access.ts'
import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'
import type { Staff } from '#features/requests/cases.ts'
import { dropDraft, readDraft, saveDraft } from '#features/staff/staff-drafts.ts'
import { lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { unsafeChoices } from '../confidential-plan.ts'
import { type OpenPlan, readPlan } from '../open-plan.ts'
import { diffPlans, type PlanDiff, samePlan } from '../plan-diff.ts'
import { type PlanDocument, planSchema } from '../plan-document.ts'
import { namesOfMinors, planForStaff } from '../plan-for-staff.ts'
import { findPlanFaults, type PlanProblem } from '../plan-rules.ts'
import { publishPlan } from '../publish-plan.ts'
import { documentOf, type EditedPlan, editedOf, editedPlanSchema, mergeEdited } from './edited-plan.ts'

// A plan as whoever is in charge of the family types it, over hours and several pages: a draft of their own until it is published.

type Asked = { staff: Staff; familyId: string; now: Date }
type Deps = Pick<FamilyDeps, 'sealer' | 'region'>

export type PlanEditing = {
  family: Family
  /** In force. */
  plan: OpenPlan | null
  edited: EditedPlan
  /** Something was typed and not published. */
  isDraft: boolean
  /** Somebody has published a version since it was begun. */
  isBehind: boolean
  /** Minors of the family by first name, to choose whom an activity is for. */
  minors: { id: string; name: string }[]
}

const draftForm = (familyId: string): string => `plan.${familyId}`

/** The plan with what was typed over it. Audited. Throws `not-found` for anybody who is not in charge of the family. */
export const planToEdit = async (
  tx: Tx,
  deps: Deps,
  { staff, familyId, now }: Asked,
): Promise<PlanEditing> => {
  const { family, plan } = await planForStaff(tx, deps, { staff, familyId, now })
  if (!(await staffRights(tx, staff, family, { now })).has('charge')) throw new DomainError('not-found')
  const names = await namesOfMinors(tx, deps, { staff, familyId, now })
  const minors = [...names].map(([id, name]) => ({ id, name }))
  const begun = await readEdited(tx, deps, { staff, familyId, now })
  const edited = begun ?? editedOf(plan?.document ?? null, plan?.version ?? 0)
  const isBehind = edited.base !== (plan?.version ?? 0)
  return { family, plan, edited, isDraft: begun !== null, isBehind, minors }
}

const readEdited = async (
  reader: Reader,
  { sealer }: Pick<Deps, 'sealer'>,
  { staff, familyId, now }: Asked,
): Promise<EditedPlan | null> => {
  const kept = await readDraft(reader, sealer, { staffId: staff.id, form: draftForm(familyId), now })
  const written = kept?.fields.plan
  return typeof written === 'string'
    ? editedPlanSchema.nullable().catch(null).parse(JSON.parse(written))
    : null
}

/** Keeps what was typed. Throws `invalid-input` for more than a draft holds. */
export const keepEdited = (
  tx: Tx,
  { sealer }: Pick<Deps, 'sealer'>,
  { staff, familyId, edited, now }: Asked & { edited: EditedPlan },
): Promise<void> =>
  saveDraft(tx, sealer, {
    ...{ staffId: staff.id, form: draftForm(familyId), now },
    fields: { plan: JSON.stringify(edited) },
  })

/** Forgets what was typed: the plan in force stays as it is. */
const forgetEdited = async (tx: Tx, { staff, familyId }: Omit<Asked, 'now'>): Promise<void> => {
  await dropDraft(tx, { staffId: staff.id, form: draftForm(familyId) })
}

const discardedForm = (familyId: string): string => `plan-discarded.${familyId}`

/** Puts what was typed aside: it can be taken back, until something new is typed, for as long as any draft is kept. */
export const discardEdited = async (tx: Tx, deps: Pick<Deps, 'sealer'>, asked: Asked): Promise<void> => {
  const { staff, familyId, now } = asked
  const edited = await readEdited(tx, deps, asked)
  if (!edited) return
  const fields = { plan: JSON.stringify(edited) }
  await saveDraft(tx, deps.sealer, { staffId: staff.id, form: discardedForm(familyId), now, fields })
  await forgetEdited(tx, asked)
}

/** Takes back what was put aside. Throws `not-found` if there is nothing, `already-open` if something has been typed since. */
export const restoreEdited = async (tx: Tx, deps: Pick<Deps, 'sealer'>, asked: Asked): Promise<void> => {
  const { staff, familyId, now } = asked
  const form = discardedForm(familyId)
  const kept = await readDraft(tx, deps.sealer, { staffId: staff.id, form, now })
  if (!kept) throw new DomainError('not-found')
  if (await readEdited(tx, deps, asked)) throw new DomainError('already-open')
  await saveDraft(tx, deps.sealer, { staffId: staff.id, form: draftForm(familyId), now, fields: kept.fields })
  await dropDraft(tx, { staffId: staff.id, form })
}

/** Puts what was typed upon the version in force, which somebody published meanwhile. */
export const catchUp = async (tx: Tx, deps: Deps, asked: Asked): Promise<void> => {
  const { plan, edited, isBehind } = await planToEdit(tx, deps, asked)
  if (!plan || !isBehind) return
  const { familyId } = asked
  const base = edited.base === 0 ? null : await readPlan(tx, deps.sealer, { familyId, version: edited.base })
  const merged = mergeEdited(
    editedOf(base?.document ?? null, edited.base),
    editedOf(plan.document, plan.version),
    edited,
  )
  await keepEdited(tx, deps, { ...asked, edited: merged })
}

/** Where something is wrong: a field of the head, or an activity and its field. */
export type EditFault = {
  activity: { code: string; number: number } | null
  field: string
  problem: PlanProblem | 'missing' | 'other'
}

export type PlanCheck = {
  editing: PlanEditing
  faults: EditFault[]
  /** Null: something is wrong. */
  ready: {
    document: PlanDocument
    diff: PlanDiff
    same: boolean
    headChanged: boolean
    warnings: SafetyFact[]
  } | null
}

/** What publishing would change, or what is wrong. Stores nothing but the audit. */
export const checkEdited = async (tx: Tx, deps: Deps, asked: Asked): Promise<PlanCheck> => {
  const editing = await planToEdit(tx, deps, asked)
  const { plan, edited } = editing
  const read = planSchema.safeParse(documentOf(edited))
  if (!read.success) {
    const faults = read.error.issues.map(({ path, code }) => {
      const [first, index, ...rest] = path
      const inside = first === 'activities' && typeof index === 'number'
      const missing = isMissing(documentOf(edited), path) || code === 'too_small'
      const field = String(inside ? (rest.at(-1) ?? '') : (first ?? ''))
      return faultAt(edited, inside ? index : null, field, missing ? 'missing' : 'other')
    })
    return { editing, faults, ready: null }
  }
  const { familyId, now } = asked
  const document = read.data
  const today = dayAt(now, deps.region.timeZone)
  const members = await membersOf(tx, familyId)
  const faults = findPlanFaults(document, { region: deps.region, members, today }).map(
    ({ pointer, problem }) => {
      const [first = '', index, ...rest] = pointer.slice(2).split('/')
      const inside = first === 'activities' && index !== undefined
      return faultAt(edited, inside ? Number(index) : null, inside ? fieldIn(rest) : first, problem)
    },
  )
  if (faults.length > 0) return { editing, faults, ready: null }
  const current = plan?.document ?? null
  const facts = await safetyFactsInForce(tx, deps, { familyId, now })
  const diff = diffPlans(current?.activities ?? [], document.activities)
  const same = current !== null && samePlan(current, document)
  const headChanged = current !== null && !samePlan({ ...current, activities: document.activities }, document)
  const warnings = unsafeChoices(document, { current, facts })
  return { editing, faults, ready: { document, diff, same, headChanged, warnings } }
}

/** `when/until` is the field `until`; `memberIds/0` is `memberIds`. */
const fieldIn = (path: readonly string[]): string =>
  path.filter((part) => !/^(when|\d+)$/.test(part)).at(-1) ?? ''

const faultAt = (
  { activities }: EditedPlan,
  index: number | null,
  field: string,
  problem: EditFault['problem'],
): EditFault => {
  const one = index === null ? undefined : activities[index]
  return { activity: one && index !== null ? { code: one.code, number: index + 1 } : null, field, problem }
}

const isMissing = (document: unknown, path: readonly PropertyKey[]): boolean => {
  const found = path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined,
    document,
  )
  return found === undefined || found === '' || (typeof found === 'number' && Number.isNaN(found))
}

/**
 * Publishes what was typed, and forgets the draft. Returns the version. Throws `not-found` where nothing was typed, `invalid-input` for
 * what is no plan, and as `publishPlan` does.
 */
export const publishEdited = async (
  tx: Tx,
  deps: FamilyDeps,
  { reason, ...asked }: Asked & { reason: string | undefined },
): Promise<number> => {
  const { staff, familyId, now } = asked
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const edited = await readEdited(tx, deps, asked)
  if (!edited) throw new DomainError('not-found')
  const read = planSchema.safeParse(documentOf(edited))
  if (!read.success) throw new DomainError('invalid-input')
  const by = { staffId: staff.id }
  const published = { family, document: read.data, read: edited.base, reason, by, now }
  const version = await publishPlan(tx, deps, published)
  await forgetEdited(tx, asked)
  return version
}
