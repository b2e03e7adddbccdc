import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const proposalAnswers = ['accepted', 'noted', 'declined'] as const
export type ProposalAnswerKind = (typeof proposalAnswers)[number]

/** What a member wishes for the plan. */
export type StoredProposal = {
  id: string
  familyId: string
  memberId: string
  personId: string
  /** Sealed at `plan_proposals.text` / id. */
  text: string
  at: Date
}

export type StoredAnswer = {
  proposalId: string
  kind: ProposalAnswerKind
  /** Sealed at `plan_proposal_answers.text` / proposal. */
  text: string | null
  /** The code of the activity that it becomes. */
  code: string | null
  helpKind: string | null
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export type ProposalWithAnswer = StoredProposal & { answer: StoredAnswer | null }

export const insertProposal = async (tx: Tx, proposal: StoredProposal): Promise<void> => {
  await tx.planProposal.create({ data: proposal })
}

export const insertProposalAnswer = async (tx: Tx, answer: StoredAnswer): Promise<void> => {
  await tx.planProposalAnswer.create({ data: answer })
}

/** How many of a person's proposals to a family wait for an answer. */
export const countUnanswered = (
  reader: Reader,
  { familyId, personId }: { familyId: string; personId: string },
): Promise<number> =>
  readFrom(reader).planProposal.count({ where: { familyId, personId, answer: { is: null } } })

/** The newest proposals of a family, or of one person to it, newest first. */
export const proposalsOf = async (
  reader: Reader,
  { familyId, personId, limit }: { familyId: string; personId?: string; limit: number },
): Promise<ProposalWithAnswer[]> => {
  const rows = await readFrom(reader).planProposal.findMany({
    where: { familyId, ...(personId !== undefined && { personId }) },
    include: { answer: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(withKind)
}

export const findProposal = async (reader: Reader, id: string): Promise<ProposalWithAnswer | null> => {
  const row = await readFrom(reader).planProposal.findUnique({ where: { id }, include: { answer: true } })
  return row && withKind(row)
}

/** Which of these codes of activities are in the family's plan. */
export const codesInPlan = async (
  reader: Reader,
  familyId: string,
  codes: readonly string[],
): Promise<Set<string>> => {
  if (codes.length === 0) return new Set()
  const where = { familyId, code: { in: [...codes] }, removedIn: null }
  const rows = await readFrom(reader).activity.findMany({ where, select: { code: true } })
  return new Set(rows.map(({ code }) => code))
}

const withKind = <
  Row extends StoredProposal & { answer: (Omit<StoredAnswer, 'kind'> & { kind: string }) | null },
>(
  row: Row,
): ProposalWithAnswer => ({
  ...row,
  answer: row.answer && { ...row.answer, kind: row.answer.kind as ProposalAnswerKind },
})
