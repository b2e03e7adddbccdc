import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RequestFilter, RequestPage } from '#storage/requests/request-list-statement.ts'
import { listRequests } from '#storage/requests/request-lists.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined, submitted } from '../samples.ts'

const db = useTestDatabase()
const day = (number: number) => new Date(`2026-11-${number}T10:00:00Z`)
const order = 'oldest' as const

test('a list of requests has those of each filter, in order, after its cursor', async () => {
  const territory = `t-${randomUUID()}`
  const [one, other] = [await joined(db()), await joined(db())]
  const assigned = { assignedToId: one.id, assignedAt: day(20) }
  const first = await submitted(db(), { territory, submittedAt: day(20), ...assigned })
  const second = await submitted(db(), { territory, submittedAt: day(21), urgent: true })
  const third = await submitted(db(), { territory, submittedAt: day(22) })
  const ids = async (filter: Partial<RequestFilter>, page: Partial<RequestPage> = {}) => {
    const all = { territories: [territory], ...filter }
    return (await listRequests(db(), all, { order, limit: 20, ...page })).map(({ id }) => id)
  }

  expect(await ids({})).toEqual([first.id, second.id, third.id])
  expect(await ids({}, { order: 'newest', limit: 2 })).toEqual([third.id, second.id])
  expect(await ids({ statuses: ['claimed', 'closed'] })).toEqual([])
  expect(await ids({ territories: [] })).toEqual([])
  expect(await ids({ assigneeId: one.id })).toEqual([first.id])
  expect(await ids({ assigneeId: other.id })).toEqual([])
  expect(await ids({ assigneeId: one.id, territories: 'all' })).toEqual([first.id])
  expect(await ids({ assigneeId: 'none' })).toEqual([second.id, third.id])
  expect(await ids({ urgent: true })).toEqual([second.id])
  expect(await ids({ urgent: false })).toEqual([first.id, third.id])
  expect(await ids({ submittedSince: day(21) })).toEqual([second.id, third.id])
  expect(await ids({ updatedSince: new Date('2100-01-01T00:00:00Z') })).toEqual([])
  const after = { id: first.id, submittedAt: day(20) }
  expect(await ids({}, { after })).toEqual([second.id, third.id])
  expect(await ids({}, { after: { id: third.id, submittedAt: day(22) }, order: 'newest' })).toEqual([
    second.id,
    first.id,
  ])
  const [shown] = await listRequests(db(), { territories: [territory] }, { order, limit: 1 })
  expect(shown).toMatchObject({ id: first.id, status: 'submitted', assignee: { id: one.id, role: 'intake' } })
})
