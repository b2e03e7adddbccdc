import { randomInt, randomUUID } from 'node:crypto'
import { createSealer } from '#storage/seal.ts'
import { testKeys, type World } from './world.ts'

type Of = { familyId: string; memberId: string; personId: string; staffId: string }

/** An episode with an application, a referral and a term, a category of the family, and what it proposes for its plan. */
export const caseRows = async (
  { database: { prisma }, clock }: World,
  { familyId, memberId, personId, staffId }: Of,
) => {
  const at = clock.now()
  const day = new Date(at.toISOString().slice(0, 10))
  const opening = { number: 1, ground: 'earlier', openingStage: 'registered' }
  const episode = await prisma.episode.create({ data: { familyId, ...opening, acceptedOn: day, at } })
  const of = { familyId, episodeId: episode.id, round: 1 }
  await prisma.caseEvent.create({ data: { ...of, kind: 'application', day, at, implied: true } })
  // Long, so that it is found in a text only where it is meant.
  const id = 10n ** 15n + BigInt(randomInt(2 ** 40))
  const referral = await prisma.caseEvent.create({ data: { id, ...of, kind: 'survey-referral', day, at } })
  const days = { countedFrom: day, dueOn: day, actBy: day, nearOn: day, computedAt: at }
  const term = { code: 'ipss', nth: 1, responsible: 'curator', byDefault: false, state: 'open' }
  const { id: deadlines } = await prisma.caseTerm.create({ data: { ...of, ...term, ...days } })
  const needs = randomUUID()
  const need = { familyId, kind: 'category', since: at, foundBy: 'staff', staffId, at }
  const sealer = createSealer(testKeys)
  const code = sealer.seal('large-family', `case_needs.code.${needs}`)
  await prisma.caseNeed.create({ data: { id: needs, needId: needs, version: 1, code, ...need } })
  const proposals = randomUUID()
  const text = sealer.seal('Секция рядом с домом', `plan_proposals.text.${proposals}`)
  await prisma.planProposal.create({ data: { id: proposals, familyId, memberId, personId, text, at } })
  return { needs, proposals, events: String(referral.id), deadlines }
}
