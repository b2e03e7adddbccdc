import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { SealError, type Sealer } from '#storage/seal.ts'
import {
  deleteStaffDraft,
  findStaffDraft,
  putStaffDraft,
  trimStaffDrafts,
} from '#storage/staff/staff-drafts.ts'

// What staff have typed into a form and not sent: a session that ends in the middle of a sentence loses nothing.

export const draftKeptMs = 24 * 60 * 60_000
export const maxDraftsEach = 100
const maxBytes = 64 * 1024

/** Which form, of what: codes and ids, because it is stored in the clear: `request.note.0192…`. */
export const formKey = z.string().regex(/^[a-z0-9][a-z0-9.:-]{0,99}$/)

/** Fields as a form sends them; a field with several values is a list. */
export const draftFields = z
  .record(z.string().min(1).max(100), z.union([z.string(), z.array(z.string()).max(200)]))
  .refine((fields) => Buffer.byteLength(JSON.stringify(fields)) <= maxBytes)
export type DraftFields = z.infer<typeof draftFields>

type Of = { staffId: string; form: string }
export type FormDraft = { fields: DraftFields; at: Date }

const place = ({ staffId, form }: Of): string => `staff_drafts.content.${staffId}.${form}`

const keyOf = (form: string): string => {
  if (!formKey.safeParse(form).success) throw new DomainError('invalid-input', { field: 'form' })
  return form
}

/** Keeps what was typed for a day, in place of the draft before; of more than a hundred the oldest go. Throws `invalid-input`. */
export const saveDraft = async (
  tx: Tx,
  sealer: Sealer,
  { staffId, form, fields, now }: Of & { fields: DraftFields; now: Date },
): Promise<void> => {
  const of = { staffId, form: keyOf(form) }
  const typed = draftFields.safeParse(fields)
  if (!typed.success) throw new DomainError('invalid-input', { field: 'fields' })
  await putStaffDraft(tx, { ...of, content: sealer.sealJson(typed.data, place(of)), updatedAt: now })
  await trimStaffDrafts(tx, staffId, maxDraftsEach)
}

/** Returns one's own draft of a form; null if there is none, it is older than a day, or its key is gone. */
export const readDraft = async (
  reader: Reader,
  sealer: Sealer,
  { staffId, form, now }: Of & { now: Date },
): Promise<FormDraft | null> => {
  const of = { staffId, form: keyOf(form) }
  const stored = await findStaffDraft(reader, { ...of, since: new Date(now.getTime() - draftKeptMs) })
  if (!stored) return null
  try {
    return { fields: draftFields.parse(sealer.openJson(stored.content, place(of))), at: stored.updatedAt }
  } catch (error) {
    // A draft is a courtesy: a key that was taken away must not keep the form from opening.
    if (error instanceof SealError) return null
    throw error
  }
}

/** Forgets the draft, once its form is sent or given up; returns false if there was none. */
export const dropDraft = (tx: Tx, { staffId, form }: Of): Promise<boolean> =>
  deleteStaffDraft(tx, staffId, keyOf(form))
