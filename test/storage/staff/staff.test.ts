import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sha256 } from '#core/ids.ts'
import { inviteStaff, renewInvite } from '#features/staff/invite-staff.ts'
import { addAudit, auditOf } from '#storage/staff/audit.ts'
import {
  deleteInvitesExpiredBefore,
  findStaff,
  listStaff,
  staffOfTerritory,
  useInvite,
} from '#storage/staff/staff.ts'
import { cardsOf, saveCard } from '#storage/requests/staff-cards.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined, newPerson, submitted } from '#test/storage/samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-22T10:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const deps = () => ({ db: db(), clock: { now: () => now }, botUsername: 'test_bot' })
const anna = { name: 'Анна', role: 'intake' as const, territories: ['lenin', 'other'] }

const hashOf = (link: string) =>
  sha256(/^https:\/\/t\.me\/test_bot\?start=s_([A-Za-z0-9_-]{22})$/.exec(link)?.[1] ?? '')
const use = (link: string, personId: string, at = now) =>
  db().transaction((tx) => useInvite(tx, hashOf(link), personId, at))

describe('a one-time link', () => {
  test('lets one person join, once', async () => {
    const { staff, link, expiresAt } = await inviteStaff(deps(), anna)
    expect(expiresAt).toEqual(later(48))
    const { id: personId } = await newPerson(db())
    expect(await use(link, personId)).toEqual({ ...staff, ...anna, personId, active: true })
    expect(await use(link, (await newPerson(db())).id)).toBeNull()
    expect(await findStaff(db(), staff.id)).toMatchObject({ personId })
  })

  test('used by ten at once lets one in', async () => {
    const { link } = await inviteStaff(deps(), anna)
    const people = await Promise.all(Array.from({ length: 10 }, () => newPerson(db())))
    const outcomes = await Promise.all(people.map(({ id }) => use(link, id)))
    expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1)
  })

  test('works for 48 hours', async () => {
    const { link } = await inviteStaff(deps(), anna)
    const { id } = await newPerson(db())
    expect(await use(link, id, later(48))).toBeNull()
    expect(await use(link, id, new Date(later(48).getTime() - 1))).toMatchObject({ personId: id })
  })

  test('is kept as a hash only, and forgotten some time after its end', async () => {
    const { link } = await inviteStaff(deps(), anna)
    const kept = () => db().prisma.staffInvite.findMany({ where: { tokenHash: hashOf(link) } })
    expect(JSON.stringify(await kept())).not.toContain(link.slice(-22))
    await db().transaction((tx) => deleteInvitesExpiredBefore(tx, later(49)))
    expect(await kept()).toEqual([])
  })

  test('does not make one person two staff members', async () => {
    const member = await joined(db())
    const { link } = await inviteStaff(deps(), anna)
    await expect(use(link, member.personId)).rejects.toMatchObject({ code: 'invite-invalid' })
    expect(await use(link, (await newPerson(db())).id)).not.toBeNull()
  })

  test('can be made anew until it is used', async () => {
    const { staff } = await inviteStaff(deps(), anna)
    const { link } = await renewInvite(deps(), staff.id)
    expect(await use(link, (await newPerson(db())).id)).toMatchObject({ id: staff.id })
    await expect(renewInvite(deps(), staff.id)).rejects.toMatchObject({ code: 'already-closed' })
    await expect(renewInvite(deps(), randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('a request goes to the staff of its territory, or else to all of the role', async () => {
  await db().prisma.staffMember.updateMany({ data: { active: false } })
  const [north, south] = [`t-${randomUUID()}`, `t-${randomUUID()}`]
  const inNorth = await joined(db(), { territories: [north] })
  const inSouth = await joined(db(), { territories: [south] })
  await joined(db(), { territories: [north], role: 'curator' })
  await inviteStaff(deps(), { ...anna, territories: [north] })
  const left = await joined(db(), { territories: [north] })
  await db().prisma.staffMember.update({ where: { id: left.id }, data: { active: false } })
  const names = async (territory: string) =>
    (await staffOfTerritory(db(), territory, 'intake')).map(({ id }) => id).toSorted()
  expect(await names(north)).toEqual([inNorth.id])
  expect(await names(south)).toEqual([inSouth.id])
  expect(await names('other')).toEqual([inNorth.id, inSouth.id].toSorted())
  expect((await listStaff(db())).length).toBeGreaterThanOrEqual(5)
})

test("the message of a request's card is remembered, the newest one", async () => {
  const { id: requestId } = await submitted(db())
  const { id: staffId } = await joined(db())
  await saveCard(db(), { requestId, staffId, messageId: '7' })
  await saveCard(db(), { requestId, staffId, messageId: 'any text' })
  expect(await cardsOf(db(), requestId)).toEqual([{ requestId, staffId, messageId: 'any text' }])
})

test('the audit can only be added to', async () => {
  const { id: requestId } = await submitted(db())
  const { id: staffId } = await joined(db())
  await db().transaction((tx) => addAudit(tx, { staffId, action: 'request.contact', requestId, at: now }))
  const { prisma } = db()
  const tries = [
    () => prisma.auditEntry.updateMany({ data: { action: 'request.details' } }),
    () => prisma.auditEntry.deleteMany({ where: { requestId } }),
    () => prisma.$executeRaw`TRUNCATE audit_entries CASCADE`,
    () => prisma.$executeRaw`TRUNCATE staff_members CASCADE`,
  ]
  for (const attempt of tries) await expect(attempt()).rejects.toThrow('append-only')
  expect(await auditOf(db(), requestId)).toEqual([
    {
      id: expect.any(BigInt),
      staffId,
      apiKeyId: null,
      action: 'request.contact',
      requestId,
      familyId: null,
      subjectId: null,
      at: now,
    },
  ])
})
