import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAnythingDue } from '#storage/anything-due.ts'
import { forgotten } from '#storage/routing/overdue-requests.ts'
import { invitationsToDispatch } from '#storage/surveys/survey-dispatch.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { submitted } from './samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const yesterday = new Date('2026-11-23T09:00:00Z')
const tomorrow = new Date('2026-11-25T09:00:00Z')

test('one statement says which sweeps have something to do', async () => {
  const due = createAnythingDue(
    db(),
    new Map([
      ['requests', () => forgotten(now)],
      ['surveys', () => invitationsToDispatch({ before: yesterday, now })],
    ]),
  )
  expect(await due()).toEqual(new Set())
  await submitted(db())
  expect(await due()).toEqual(new Set(['requests']))
  const survey = { code: 'own', version: 1 }
  await db().prisma.surveyVersion.create({ data: { ...survey, definition: survey, publishedAt: now } })
  const { territory, ...whose } = await askedFamily(db())
  const asked = { key: randomUUID(), surveyCode: survey.code, version: survey.version, minor: false }
  const { id } = await db().prisma.surveyInvitation.create({
    data: {
      ...whose,
      ...asked,
      territory,
      helpKinds: [],
      createdAt: now,
      dueAt: tomorrow,
      expiresAt: tomorrow,
    },
  })
  const surveysAt = async (dueAt: Date, expiresAt: Date) => {
    await db().prisma.surveyInvitation.update({ where: { id }, data: { dueAt, expiresAt } })
    return (await due()).has('surveys')
  }
  expect(await surveysAt(tomorrow, tomorrow)).toBe(false)
  expect(await surveysAt(now, tomorrow)).toBe(true)
  expect(await surveysAt(tomorrow, yesterday)).toBe(true)
})
