import { expect } from 'vitest'
import { vitalInterest } from '#features/requests/vital-interest.ts'
import { type Answers, answersSchema } from '#features/intake/answers.ts'
import { questions } from '#features/intake/questions.ts'
import { walk } from '#features/intake/walk.ts'
import { openContact, openContent } from '#features/requests/request-content.ts'
import { type RegionCode, region as regionOf } from '#regions/index.ts'
import type { Database } from '#storage/database.ts'
import { findByNumber } from '#storage/requests/requests.ts'
import { createSealer, type SealKey } from '#storage/seal.ts'

/** Waits until every due job is done, and expects no dead letters. */
export const expectJobsDone = async ({ prisma }: Database): Promise<void> => {
  const count = async (condition: string) => {
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM pgboss.job WHERE ${condition}`,
    )
    return row?.count
  }
  const waiting = `state < 'completed' AND start_after <= now() AND name NOT LIKE '\\_\\_%'`
  await expect.poll(() => count(waiting), { timeout: 30_000 }).toBe(0)
  expect(await count(`state = 'failed' OR name = 'dead-letters'`)).toBe(0)
}

/** Checks invariants of the database that must hold after any sequence of actions. */
export const expectInvariants = async (database: Database, keys: SealKey[]): Promise<void> => {
  const { prisma } = database
  const sealer = createSealer(keys)
  const persons = await prisma.person.findMany({
    include: { consents: { include: { withdrawal: true } }, draft: true, staff: true, requests: true },
  })
  for (const { id, consents, draft, staff, requests, ...person } of persons) {
    // Nobody is stored without a consent or a staff role, but a child under ten who has called an adult.
    const known = staff !== null || requests.some(({ ground }) => ground === vitalInterest)
    const inForce = consents.some(({ kind, withdrawal }) => kind === 'personal-data' && withdrawal === null)
    // After a withdrawal the register says until when the rest is destroyed.
    const ending = person.consentWithdrawnAt !== null && (await isEnding(database, id))
    expect(known || inForce || ending || person.erasedAt !== null).toBe(true)
    if (!draft) continue
    const open = consents.filter(({ requestId }) => requestId === null)
    expect(open.some(({ kind }) => kind === 'personal-data')).toBe(true)
    const answers = answersSchema.parse(sealer.openJson(draft.answers, `drafts.answers.${id}`))
    expect(answers.personalData?.given).toBe(true)
  }
  await expectRequests(database, keys)
  expect(await prisma.failedUpdate.count()).toBe(0)
  const notes = await prisma.requestEvent.findMany({ where: { text: { not: null } } })
  for (const { requestId, text } of notes) {
    expect(sealer.open(text ?? '', `request_events.text.${requestId}`)).not.toBe('')
  }
}

const isEnding = async ({ prisma }: Database, personId: string): Promise<boolean> =>
  (await prisma.dataRequest.count({ where: { personId, closedAt: null, eraseAt: { not: null } } })) > 0

const expectRequests = async (database: Database, keys: SealKey[]): Promise<void> => {
  const { prisma } = database
  const sealer = createSealer(keys)
  const requests = await prisma.request.findMany({
    include: {
      events: { orderBy: { id: 'asc' } },
      decisions: { orderBy: { id: 'asc' } },
      consents: true,
      person: true,
    },
    orderBy: { number: 'asc' },
  })
  // Request numbers have no gaps and restart every year.
  for (const ofYear of Object.values(Object.groupBy(requests, ({ number }) => number.slice(0, 4)))) {
    const given = (ofYear ?? []).map(({ number }) => Number(number.slice(5)))
    expect(given).toEqual(given.map((_, index) => index + 1))
  }
  for (const row of requests) {
    // Of who was erased a number is left.
    if (row.person?.erasedAt) continue
    const { number, events, consents, applicant, status, dataSharing } = row
    const kinds = events.map(({ kind }) => kind)
    expect(kinds.indexOf('submitted'), number).toBe(0)
    expect(kinds.lastIndexOf('submitted'), number).toBe(0)
    expect(kinds.includes('withdrawn'), number).toBe(status === 'withdrawn')
    expect(row.withdrawnAt !== null, number).toBe(status === 'withdrawn')
    if (status === 'withdrawn') expect(kinds.filter((kind) => kind === 'withdrawn')).toEqual(['withdrawn'])
    if (status === 'claimed') {
      const holder = events.findLast(({ kind, staffId }) => kind === 'claimed' || staffId === row.claimedById)
      expect([row.claimedById, row.claimedAt]).toEqual([holder?.staffId, expect.any(Date)])
    }
    // A waiting request is assigned as in its last decision and scheduled for escalation; so is an open safety check.
    const waits = status === 'submitted'
    if (waits) expect(row.assignedToId, number).toBe(row.decisions.at(-1)?.staffId)
    expect(row.escalateAt !== null, number).toBe(waits || row.safetyCheck === 'open')
    // A child under ten who calls an adult has agreed to nothing and answered nothing; what follows a closed request stands
    // on the consents to that one.
    if (row.ground !== 'consent') continue
    const given = new Set(consents.map(({ kind }) => kind))
    expect(given.has('personal-data'), number).toBe(true)
    const asked = applicant === 'minor' ? 'minor-agreement' : 'support-request'
    // Nobody asks for support in the name of another family.
    expect(given.has(asked), number).toBe(applicant !== 'other-person')
    if (dataSharing) expect(given.has('data-sharing'), number).toBe(true)
    const stored = await findByNumber(database, number)
    if (!stored) throw new Error(`${number} is gone`)
    // The stored answers are exactly one walk through the questionnaire.
    const answers = { ...openContent(sealer, stored), ...openContact(sealer, stored) }
    const stand = {
      given: true,
      version: '',
      textHash: '',
      language: 'ru',
      at: '2026-11-24T09:00:00Z',
    } as const
    const address = applicant === 'minor' ? 'minor' : 'adult'
    const agreed = { ...stand, address } as const
    const consented = { personalData: agreed, supportRequest: agreed, dataSharing: agreed }
    const all = {
      ...answers,
      ...(applicant === 'other-person' ? { personalData: agreed } : consented),
      ...asAsked(answers),
    }
    const walked = walk(all, regionOf(row.region as RegionCode))
    // The short way asks for a few of them; what was answered before it goes along.
    if (walked.gap === null) expect(walked.answers, number).toEqual(all)
    else expect(walk({ ...all, short: true }, regionOf(row.region as RegionCode)).gap, number).toBeNull()
    expect([answers.applicant, answers.territory], number).toEqual([applicant, row.territory])
    // Words and circumstances can make it urgent, too.
    const calmed = events.some(({ kind }) => kind === 'not-urgent')
    if (answers.danger === 'now' && !calmed) expect(row.urgent, number).toBe(true)
  }
  // At most one open request per person at any time.
  for (const mine of Object.values(Object.groupBy(requests, ({ personId }) => personId))) {
    for (const [index, request] of (mine ?? []).entries()) {
      const before = mine?.[index - 1]
      const ended = before?.withdrawnAt ?? before?.closedAt
      // What somebody wrote about another family is out of their hands once it was read.
      if (before && (before.applicant !== 'other-person' || ended))
        expect(ended?.getTime()).toBeLessThanOrEqual(request.submittedAt.getTime())
    }
  }
}

const safeContacts: Record<string, Answers['safeContact']> = {
  'yes yes': 'both',
  'yes no': 'write',
  'no yes': 'call',
  'no no': 'none',
}

/** What is asked on one card, and what was left for the specialist: neither is stored with a request. */
const asAsked = (answers: Answers): Answers => {
  const ways = `${answers.safeToWrite} ${answers.safeToCall}`
  const safeContact = safeContacts[ways]
  const skipped = questions.filter(({ later }) => later).map(({ id }) => id)
  return { ...(safeContact && { safeContact }), skipped: skipped.filter((id) => answers[id] === undefined) }
}
