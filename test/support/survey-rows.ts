import { randomUUID } from 'node:crypto'
import type { Rows } from './territory-rows.ts'
import type { World } from './world.ts'

type Of = { territory: string; familyId: string; memberId: string; personId: string }

/** A survey, a «you said, we did» item, and a member who asked for contact after a low answer. */
export const surveyRows = async (
  world: World,
  { territory, familyId, memberId, personId }: Of,
): Promise<Pick<Rows, 'surveys' | 'done' | 'rescues'>> => {
  const { prisma } = world.database
  const at = world.clock.now()
  const code = `s-${randomUUID().slice(0, 8)}`
  const words = { ru: { adult: 'Так?' } }
  const asked = { code: 'so', since: 1, kind: 'yes-no', words }
  const definition = { when: { on: 'hand' }, audience: 'everyone', title: words, questions: [asked] }
  const survey = { code, version: 1 }
  await prisma.surveyVersion.create({
    data: { ...survey, definition: { ...survey, ...definition }, publishedAt: at },
  })
  const told = { said: 'Долго ждали', done: 'Второй психолог', from: at, until: at, publishedAt: at }
  const item = await prisma.youSaidWeDid.create({ data: { ...told, surveyCode: code, territory } })
  const whose = { familyId, memberId, personId, territory, helpKinds: [], minor: false }
  const invitation = await prisma.surveyInvitation.create({
    data: {
      ...whose,
      key: randomUUID(),
      surveyCode: code,
      version: 1,
      createdAt: at,
      dueAt: at,
      expiresAt: at,
      status: 'finished',
      endedAt: at,
    },
  })
  const rescue = await prisma.surveyRescue.create({
    data: { invitationId: invitation.id, question: 'so', askedAt: at, dueAt: at },
  })
  return { surveys: code, done: item.id, rescues: rescue.id }
}
