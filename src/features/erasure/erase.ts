import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Enqueue } from '#queue/queues.ts'
import { openAccount, recipientOf } from '#storage/accounts.ts'
import type { Tx } from '#storage/database.ts'
import { type DestructionAct, type ErasureGround, insertAct } from '#storage/erasure/acts.ts'
import { eraseSubjects, journalOf, type Shown, shownOf } from '#storage/erasure/erase.ts'
import { type Subjects, subjectsOfFamily, subjectsOfPerson } from '#storage/erasure/subjects.ts'
import { SealError, type Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { beginErrand } from './errands.ts'

type Deps = { sealer: Sealer; enqueue: Enqueue }

/**
 * Of whom everything is erased: an account with its memberships, or a family with everybody in it. `withAppeals`: also what others told
 * of which the account's requests came.
 */
export type Erased = { person: string; withAppeals?: true } | { family: string }

export type Erasing = {
  of: Erased
  ground: ErasureGround
  /** Empty: the person themselves, or a schedule. */
  by: { staffId?: string | undefined; apiKeyId?: string | undefined }
  now: Date
}

/** Telegram deletes nothing that is older. */
const deletableMs = 48 * 60 * 60_000

/**
 * Erases everything about somebody, in the caller's transaction: keys are destroyed, what stands in the clear is cleared, and an act
 * says what was destroyed (152-ФЗ, ст. 21). After the commit jobs take what is left out of chats. Others of a family keep what is
 * theirs. Throws `not-found` for nobody, for whoever was erased, and for staff.
 */
export const erase = async (
  tx: Tx,
  deps: Deps,
  { of, ground, by, now }: Erasing,
): Promise<DestructionAct> => {
  const subjects =
    'person' in of
      ? await subjectsOfPerson(tx, of.person, of.withAppeals)
      : await subjectsOfFamily(tx, of.family)
  if (!subjects) throw new DomainError('not-found')
  const shown = await shownOf(tx, subjects, new Date(now.getTime() - deletableMs))
  const accounts = shown.accounts.flatMap((one) => {
    const account = accountOf(deps.sealer, one)
    return account === null ? [] : [{ account, messages: one.messages }]
  })
  const journal = await journalOf(tx, subjects)
  const { keys, counts } = await eraseSubjects(tx, deps.sealer, { subjects, now })
  const act = await insertAct(tx, {
    ...{ id: newId(), at: now, ground, keys, counts, journal, ...subjectOf(of) },
    ...{ staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null },
  })
  await audit(tx, { act, subjects, now })
  // Only now: an erasure forgets the jobs about whom it erases.
  for (const errand of accounts) await beginErrand(tx, deps, errand, now)
  await takeCards(tx, deps, shown)
  return act
}

const subjectOf = (of: Erased): Pick<DestructionAct, 'kind' | 'subjectId'> =>
  'person' in of ? { kind: 'person', subjectId: of.person } : { kind: 'family', subjectId: of.family }

/** Null: its key is gone, so nothing can be taken out of that chat. */
const accountOf = (sealer: Sealer, stored: Shown['accounts'][number]): string | null => {
  try {
    return openAccount(sealer, recipientOf(stored))
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}

const audit = (
  tx: Tx,
  { act: { id, staffId, apiKeyId }, subjects, now }: { act: DestructionAct; subjects: Subjects; now: Date },
): Promise<void> =>
  addAudit(tx, {
    ...{ at: now, action: 'data.erased', staffId, apiKeyId, subjectId: id },
    familyId: subjects.families[0] ?? null,
  })

const takeCards = async (tx: Tx, { enqueue }: Deps, { cards }: Shown): Promise<void> => {
  for (const { personId, messageId } of cards) await enqueue(tx, 'delete-message', { personId, messageId })
}
