import { randomUUID } from 'node:crypto'
import { tallyAnswers } from '#features/surveys/results/count-answers.ts'
import { placeOf } from '#features/surveys/survey-for-member.ts'
import type { Database } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import { allowContact, finishResponse, saveSurveyAnswer } from '#storage/surveys/survey-answers.ts'
import { changeInvitation, findInvitation } from '#storage/surveys/survey-invitations.ts'
import type { Answer, Survey } from '#surveys/schema.ts'
import { testKeys } from './world.ts'
import { personRow } from './accounts.ts'

/** Somebody of a family, to whom surveys can be sent. */
export type Asked = { familyId: string; memberId: string; personId: string; territory: string }

/** A family with one member who has joined. */
export const askedFamily = async (
  { prisma }: Database,
  { territory = 'leninsky', name = 'Ольга' }: { territory?: string; name?: string } = {},
): Promise<Asked> => {
  const at = new Date('2026-01-01T00:00:00Z')
  const memberId = randomUUID()
  const { id: personId } = await prisma.person.create({ data: personRow(`telegram:${randomUUID()}`) })
  const { id: familyId } = await prisma.family.create({
    data: { region: 'stavropol', territory, stage: 'activities', appliedAt: at, createdAt: at },
  })
  const sealed = createSealer(testKeys).seal(name, `family_members.name.${memberId}`)
  const joined = { addedAt: at, joinedAt: at }
  await prisma.familyMember.create({
    data: { id: memberId, familyId, personId, role: 'parent', name: sealed, ...joined },
  })
  return { familyId, memberId, personId, territory }
}

/** A curator of the centre. */
export const newCurator = async ({ prisma }: Database, name = 'Вера'): Promise<string> =>
  (await prisma.staffMember.create({ data: { name, role: 'curator', territories: [] } })).id

export type Sent = {
  survey: Survey
  from: Asked
  /** By the code of the question; a question that is left out is not on the path, null is passed over. */
  says: Record<string, number | string[] | string | null>
  minor?: boolean
  curatorId?: string | null
  level?: 'adaptation' | 'basic' | 'crisis' | 'emergency' | null
  helpKinds?: string[]
  contact?: boolean
  /** When they were told of it, and sent it a minute later. */
  at?: string
  /** Begun and left. */
  partial?: boolean
}

const nothing: Answer = { number: null, codes: [], text: null }

/** An answer set, kept and sent as the product keeps and sends it. Returns its invitation's id. */
export const sendSet = async (
  database: Database,
  { survey, from: { territory, ...whose }, says, at = '2026-06-10T09:00:00Z', ...sent }: Sent,
): Promise<string> => {
  const sealer = createSealer(testKeys)
  const [told, now] = [new Date(at), new Date(Date.parse(at) + 60_000)]
  const times = { createdAt: told, dueAt: told, expiresAt: new Date(told.getTime() + 86_400_000) }
  const counted = { level: sent.level ?? null, helpKinds: sent.helpKinds ?? [], minor: sent.minor ?? false }
  const { id } = await database.prisma.surveyInvitation.create({
    data: {
      ...whose,
      ...times,
      ...counted,
      key: randomUUID(),
      surveyCode: survey.code,
      version: survey.version,
      curatorId: sent.curatorId ?? null,
      territory,
      status: 'invited',
      invitedAt: told,
      openedAt: told,
    },
  })
  const answers = new Map<string, Answer>()
  for (const question of survey.questions) {
    const said = says[question.code]
    if (said === undefined) continue
    answers.set(question.code, {
      ...nothing,
      ...(typeof said === 'number' && { number: said }),
      ...(Array.isArray(said) && { codes: said }),
      ...(typeof said === 'string' && { text: sealer.seal(said, placeOf(id, question.code)) }),
    })
  }
  await database.transaction(async (tx) => {
    for (const [place, { code, since }] of survey.questions.entries()) {
      const answer = answers.get(code)
      const then = new Date(told.getTime() + place * 5_000)
      if (answer) await saveSurveyAnswer(tx, id, { ...answer, question: code, since }, then)
    }
    if (sent.contact) await allowContact(tx, id, true)
    if (sent.partial) return
    await finishResponse(tx, id, now)
    await changeInvitation(tx, id, { status: 'finished', endedAt: now })
    const invitation = await findInvitation(tx, id)
    if (!invitation) throw new Error('the invitation is gone')
    await tallyAnswers(tx, { invitation, survey, answers, timeZone: 'Europe/Moscow', now })
  })
  return id
}
