import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { MemberRole } from '#storage/families/family-members.ts'

export const visitAnswerKinds = ['confirmed', 'other-time', 'late', 'call-me', 'code-refused'] as const
export type VisitAnswerKind = (typeof visitAnswerKinds)[number]

export type VisitAnswer = {
  id: bigint
  visitId: string
  /** The version that was answered. */
  version: number
  personId: string
  kind: VisitAnswerKind
  /** For `other-time`: the chosen slot; for `late`: the expected time of arrival. */
  slot: Date | null
  /** Sealed at `visit_answers.text` / visit and person. */
  text: string | null
  at: Date
}

export const insertVisitAnswer = async (tx: Tx, answer: Omit<VisitAnswer, 'id'>): Promise<void> => {
  await tx.visitAnswer.create({ data: answer })
}

/** Returns the answers to all versions of a visit, oldest first. */
export const answersOfVisit = async (reader: Reader, visitId: string): Promise<VisitAnswer[]> =>
  (await readFrom(reader).visitAnswer.findMany({ where: { visitId }, orderBy: { id: 'asc' } })).map(toAnswer)

/** An answer and the member who gave it; null if the member now has another account. */
export type MembersAnswer = VisitAnswer & { member: { id: string; role: MemberRole } | null }

/** Returns the answers to several visits of a family, oldest first. */
export const membersAnswers = async (
  reader: Reader,
  { familyId, visitIds }: { familyId: string; visitIds: readonly string[] },
): Promise<MembersAnswer[]> => {
  const client = readFrom(reader)
  const where = { visitId: { in: [...visitIds] } }
  const answers = (await client.visitAnswer.findMany({ where, orderBy: { id: 'asc' } })).map(toAnswer)
  const persons = [...new Set(answers.map(({ personId }) => personId))]
  const members = await client.familyMember.findMany({
    where: { familyId, personId: { in: persons } },
    select: { id: true, role: true, personId: true },
    // For a person who was removed and added again, the latest membership wins.
    orderBy: { addedAt: 'asc' },
  })
  const of = new Map(members.map(({ id, role, personId }) => [personId, { id, role: role as MemberRole }]))
  return answers.map((answer) => ({ ...answer, member: of.get(answer.personId) ?? null }))
}

const toAnswer = <T extends { kind: string }>(row: T) => ({ ...row, kind: row.kind as VisitAnswerKind })
