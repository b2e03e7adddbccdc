import { speaksAgainst } from '#features/words/about-reader.ts'
import type { Reader } from '#storage/database.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'

// Whom a note of staff names: who is told of it, and from whom it is kept (ADR 96).

/** More people than a note concerns is a message to all. */
export const mostMentions = 20

export type Named = { id: string; name: string }

/** What became of a note, for its author. */
export type NoteOutcome = {
  told: Named[]
  /** They may not open the record, or it speaks of them. */
  untold: Named[]
  /** It complains of them. */
  keptFrom: Named[]
}

type WrittenNote = {
  text: string
  /** Null: a system of the centre. */
  authorId: string | null
  mentions: readonly string[]
  /** Whom the author says that it is about. */
  keepFrom: readonly string[]
}

/** Whom a note names; nobody unless said. */
export type MaybeWhom = {
  mentions?: readonly string[] | undefined
  keepFrom?: readonly string[] | undefined
}

type AboutRecord = {
  /** Whom a complaint means that names nobody: «специалист кричит на них». */
  leadId: string | null
  /** Who has or had it. */
  involved: readonly string[]
  /** Ids of those who may open it. */
  readers: readonly string[]
}

/** Decides who is told of a note and from whom it is kept; the author is neither. */
export const settleNote = async (
  reader: Reader,
  { text, authorId, mentions, keepFrom }: WrittenNote,
  { leadId, involved, readers }: AboutRecord,
): Promise<NoteOutcome> => {
  const others = (ids: readonly (string | null)[]) => [
    ...new Set(ids.flatMap((id) => (id === null || id === authorId ? [] : [id]))),
  ]
  const asked = others(mentions)
  const names = await namesOfStaff(reader, others([...asked, ...keepFrom, ...involved, leadId]))
  const named = (ids: readonly string[]): Named[] => ids.map((id) => ({ id, name: names.get(id) ?? '' }))
  const spokenOf = others([...asked, ...involved, leadId]).filter((id) => {
    if (!speaksAgainst(text, [])) return speaksAgainst(text, [names.get(id) ?? ''])
    return id === leadId
  })
  const said = others(keepFrom).filter((id) => names.has(id))
  // Words can be misread: what nobody else would read is kept from nobody but by the author's own word.
  const stays = readers.some((id) => id !== authorId && !said.includes(id) && !spokenOf.includes(id))
  const kept = others([...said, ...(stays ? spokenOf : [])])
  const told = asked.filter((id) => readers.includes(id) && !kept.includes(id))
  return {
    told: named(told),
    untold: named(asked.filter((id) => !told.includes(id))),
    keptFrom: named(kept),
  }
}
