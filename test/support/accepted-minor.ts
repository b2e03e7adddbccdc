import { keyOf } from './api.ts'
import { minorAnswers, minorSubmits, type Steps } from './intake.ts'
import { staffIdOf } from './submitted.ts'
import { told } from './visits.ts'
import { openWorld } from './world.ts'

/** Даша has said that home is unsafe; her request was accepted, and Ирина is the curator. */
export const openWithDasha = async (answers: Steps = minorAnswers('Нет, это небезопасно')) => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const curator = await world.staff('Ирина', ['leninsky'], 'curator')
  const key = await keyOf(world)
  const curatorId = await staffIdOf(world, 'Ирина')
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...answers, ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const outcome = { to: 'closed', outcome: 'support-agreed', curatorId }
  const { familyId } = (await key.post(`/requests/${id}/transition`, outcome)).body as { familyId: string }
  const { id: memberId } = await world.database.prisma.familyMember.findFirstOrThrow({ where: { familyId } })
  await told(curator, /Теперь вы ведёте семью/)
  return { world, key, curator, curatorId, dasha, familyId, memberId, path: `/families/${familyId}` }
}

/** What she said, as the API names it. */
export const said = ['parents-unsafe', 'no-messages']

/** The safety facts in a response. */
export const kinds = (answer: { body: unknown }) =>
  (answer.body as { safety: { kind: string }[] }).safety.map(({ kind }) => kind)
