import { expect, test } from 'vitest'
import { reportActivity } from '#features/plan/activity-marks.ts'
import { giveOpinion } from '#features/plan/activity-opinions.ts'
import { answerVisit, type NewVisitAnswer } from '#features/visits/visit-answers.ts'
import { type EventType, eventTypes } from '#features/webhooks/event-scopes.ts'
import { findSnapshot } from '#storage/people.ts'
import { openOffice } from '#test/support/office.ts'
import { aPlan, publish, told } from '#test/support/plan.ts'
import { openSurveyDesk } from '#test/support/surveys.ts'
import { hidden, openUnsafeFamily } from '#test/support/unsafe-family.ts'
import { planVisit } from '#test/support/visits.ts'
import { testSealer } from '#test/support/accounts.ts'

/**
 * Every event type: whether it can be about what adults of the family must not learn. `open`: it is about the family as a
 * whole, or about a request, which is for staff only.
 */
const expected: Record<EventType, 'confidential' | 'open'> = {
  'request.submitted': 'open',
  'request.assigned': 'open',
  'request.claimed': 'open',
  'request.passed_on': 'open',
  'request.escalated': 'open',
  'request.status_changed': 'open',
  'request.withdrawn': 'open',
  'request.urgency_changed': 'open',
  'request.safety_checked': 'open',
  'request.together_changed': 'open',
  'consent.given': 'open',
  'consent.withdrawn': 'open',
  'message.received': 'confidential',
  'message.read': 'confidential',
  'family.created': 'open',
  'family.member_joined': 'open',
  'family.member_removed': 'open',
  'family.curator_changed': 'open',
  'family.status_changed': 'confidential',
  'family.unreachable': 'open',
  'deadline.approaching': 'open',
  'deadline.missed': 'open',
  'deadline.met': 'open',
  'plan.published': 'confidential',
  'plan.opinion_given': 'confidential',
  'activity.reported': 'confidential',
  'visit.created': 'confidential',
  'visit.moved': 'confidential',
  'visit.cancelled': 'confidential',
  'visit.closed': 'confidential',
  'visit.confirmed': 'confidential',
  'visit.time_requested': 'confidential',
  'visit.late': 'confidential',
  'visit.call_requested': 'confidential',
  'visit.code_refused': 'confidential',
  'survey.low_score': 'confidential',
  'audit.head': 'open',
}

test('each event about what adults must not learn says so, of every type that can be about it', async () => {
  const family = await openUnsafeFamily()
  const { key, path, world, dasha, curator } = family
  const { database, clock } = world
  const office = await openOffice(world)
  expect((await key.post('/webhooks', { url: 'https://1.1.1.1/ryadom' })).status).toBe(201)
  const since = clock.now()
  const snapshot = () => findSnapshot(database, testSealer, `telegram:${dasha.id}`)

  // The first plan is for Dasha alone, of another level than the family's.
  const plan = aPlan([hidden(dasha.memberId)], { level: 'basic' })
  const { hidden: activityId = '' } = await publish(key, path, plan)
  const who = await snapshot()
  const asked = { activityId, kind: 'question', text: 'Это надолго?', line: 'Это надолго?' } as const
  await office.does(async (tx, deps) => giveOpinion(tx, deps, { who, ...asked, now: clock.now() }))
  await curator.byHand(`-.thread.${dasha.memberId}`)

  const secret = { audience: 'confidential', memberIds: [dasha.memberId] }
  const visit = await planVisit(family, secret)
  const moved = { startsAt: '2026-12-02T13:00:00Z' }
  expect((await key.patch(visit.path, moved, { 'if-match': '*' })).status).toBe(200)
  const answer = (said: NewVisitAnswer) =>
    office.does((tx, deps) =>
      answerVisit(tx, deps, { who, visitId: visit.id, version: 1, answer: said, now: clock.now() }),
    )
  const answers: NewVisitAnswer[] = [
    { kind: 'confirmed' },
    { kind: 'other-time', text: 'Лучше утром' },
    { kind: 'late', minutes: 15 },
    { kind: 'call-me' },
  ]
  for (const one of answers) expect(await answer(one)).toBe('done')
  const other = await planVisit(family, { ...secret, startsAt: '2026-12-04T12:00:00Z' })
  expect((await key.post(`${other.path}/cancel`, {})).status).toBe(200)

  const desk = await openSurveyDesk(family)
  await desk.invite('how-is-it', [dasha.memberId])
  await desk.looks()
  await dasha.byHand('-.survey.')
  await dasha.play([
    ['Начать', /Мы тебе помогли\?/],
    ['Совсем нет', /поговорить/],
    ['Да, пусть напишут', /Что было не так/],
  ])

  clock.set('2026-12-02T13:10:00Z')
  expect(await answer({ kind: 'code-refused' })).toBe('done')
  expect((await key.post(`${visit.path}/outcome`, { status: 'done' })).status).toBe(200)
  clock.set('2026-12-09T18:00:00Z')
  const report = { who, activityId, on: '2026-12-09', happened: true }
  await office.does((tx, deps) => reportActivity(tx, deps, { ...report, now: clock.now() }))
  await told(world)

  const events = await database.prisma.webhookEvent.findMany({ where: { at: { gte: since } } })
  const marked = (type: string) =>
    events
      .filter((event) => event.type === type)
      .map(({ data }) => (data as { confidential?: true }).confidential === true)
  for (const type of eventTypes) {
    if (expected[type] === 'confidential') expect(marked(type), type).toContain(true)
    expect(marked(type), type).not.toContain(expected[type] !== 'confidential')
  }
})
