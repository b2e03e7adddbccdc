import { newId } from '#core/ids.ts'
import type { Staff } from '#features/requests/cases.ts'
import { type MaybeWhom, type Named, type NoteOutcome, settleNote } from '#features/staff/mentions.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { familyNotesOf, insertFamilyNote } from '#storage/families/family-notes.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff, namesOfStaff, type StaffMember, staffOfTerritory } from '#storage/staff/staff.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { familyForStaff } from './caseload.ts'
import { staffRights } from './family-access.ts'

// What staff write about a family for each other: no member of it, and no system outside, ever sees it.

const place = (id: string): string => `family_notes.text.${id}`

/** Whether somebody who has joined may read notes about a family: whoever has its card. */
export const mayReadNotes = async (
  reader: Reader,
  member: StaffMember | null,
  family: Family,
  now: Date,
): Promise<boolean> =>
  member !== null &&
  member.personId !== null &&
  (await staffRights(reader, member, family, { now })).has('card')

/** Who may be mentioned in a note about a family. */
export const colleaguesForFamily = async (
  reader: Reader,
  family: Family,
  { authorId, now }: { authorId: string | null; now: Date },
): Promise<(Named & Pick<StaffMember, 'role'>)[]> => {
  const curator = family.curatorId === null ? null : await findStaff(reader, family.curatorId)
  const near = new Map<string, StaffMember>(
    [
      ...(curator ? [curator] : []),
      ...(await staffOfTerritory(reader, family.territory, 'supervisor')),
      ...(await staffOfTerritory(reader, family.territory, 'intake')),
    ].map((member) => [member.id, member]),
  )
  const found: (Named & Pick<StaffMember, 'role'>)[] = []
  for (const member of near.values())
    if (member.id !== authorId && (await mayReadNotes(reader, member, family, now)))
      found.push({ id: member.id, name: member.name, role: member.role })
  return found
}

type Note = { family: Family; by: Actor; now: Date; text: string } & MaybeWhom

/** Adds a note about a family, and tells the colleagues it mentions who may read it. Returns what became of it. */
export const addFamilyNote = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, by, now, text, mentions = [], keepFrom = [] }: Note,
): Promise<NoteOutcome & { id: string }> => {
  const authorId = by.staffId ?? null
  const readers = (await colleaguesForFamily(tx, family, { authorId, now })).map(({ id }) => id)
  const { curatorId: leadId } = family
  const outcome = await settleNote(
    tx,
    { text, authorId, mentions, keepFrom },
    { leadId, involved: [], readers },
  )
  const id = newId()
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  await insertFamilyNote(tx, {
    ...{ id, familyId: family.id, at: now, text: own.seal(text, place(id)) },
    ...{ staffId: authorId, apiKeyId: by.apiKeyId ?? null },
    mentioned: outcome.told.map((one) => one.id),
    keptFrom: outcome.keptFrom.map((one) => one.id),
  })
  await addAudit(tx, {
    ...{ at: now, action: 'family.changed', familyId: family.id, staffId: authorId },
    apiKeyId: by.apiKeyId ?? null,
  })
  for (const { id: staffId } of outcome.told)
    await tellStaff(tx, deps, { staffId, by, news: 'note-to-family', subjectId: family.id, now })
  return { id, ...outcome }
}

type Staffed = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The same by a member of staff who has the family's card. Throws `not-found`. */
export const noteFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { staff, familyId, now, ...note }: Staffed & { text: string } & MaybeWhom,
): Promise<NoteOutcome> => {
  await familyForStaff(tx, { staff, familyId, now })
  await lockFamily(tx, familyId)
  const family = await familyForStaff(tx, { staff, familyId, now })
  return addFamilyNote(tx, deps, { ...note, family, by: { staffId: staff?.id }, now })
}

export type ReadNote = {
  id: string
  at: Date
  text: string
  /** Null: a system of the centre. */
  author: Named | null
  mentioned: Named[]
  keptFrom: Named[]
}

const mostNotes = 200

/** Notes about a family, newest first, without those that are kept from the reader. Every access is audited. */
export const readFamilyNotes = async (
  tx: Tx,
  sealer: Sealer,
  { family, by, now }: { family: Family; by: Actor; now: Date },
): Promise<ReadNote[]> => {
  const { staffId = null, apiKeyId = null } = by
  await addAudit(tx, { at: now, action: 'family.notes', familyId: family.id, staffId, apiKeyId })
  const notes = await familyNotesOf(tx, { familyId: family.id, readerId: staffId, limit: mostNotes })
  const ids = notes.flatMap((note) => [note.staffId ?? [], ...note.mentioned, ...note.keptFrom].flat())
  const names = await namesOfStaff(tx, [...new Set(ids)])
  const named = (id: string): Named => ({ id, name: names.get(id) ?? '' })
  return notes.map((note) => ({
    ...{ id: note.id, at: note.at, text: sealer.open(note.text, place(note.id)) },
    author: note.staffId === null ? null : named(note.staffId),
    mentioned: note.mentioned.map(named),
    keptFrom: note.keptFrom.map(named),
  }))
}

/** The same for a member of staff who has the family's card. Throws `not-found`. */
export const notesForStaff = async (
  tx: Tx,
  sealer: Sealer,
  { staff, familyId, now }: Staffed,
): Promise<{ family: Family; notes: ReadNote[] }> => {
  const family = await familyForStaff(tx, { staff, familyId, now })
  return { family, notes: await readFamilyNotes(tx, sealer, { family, by: { staffId: staff?.id }, now }) }
}
