import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '#storage/database.ts'
import { requestStatuses } from '#storage/requests/request-list-statement.ts'
import { joined, newAccount, newRequest } from '../storage/samples.ts'
import { type ApiClient, keyOf } from '../support/api.ts'
import { seedFrom } from '../support/effort.ts'
import { problem } from '../support/submitted.ts'
import { openWorld } from '../support/world.ts'
import { personRow } from '#test/support/accounts.ts'

const territories = ['leninsky', 'oktyabrsky', 'other', 'elsewhere'] as const
const begin = Date.parse('2026-11-20T10:00:00Z')
/** Few timestamps for many rows: ties are common, and only the id orders them. */
const momentOf = (minute: number) => new Date(begin + minute * 60_000)

type Row = {
  id: string
  status: (typeof requestStatuses)[number]
  territory: string
  urgent: boolean
  assignedToId: string | null
  submittedAt: Date
}

const rowOf = (staff: readonly string[]) =>
  fc.record({
    id: fc.uuid(),
    status: fc.constantFrom(...requestStatuses),
    territory: fc.constantFrom(...territories),
    urgent: fc.boolean(),
    holder: fc.constantFrom(...staff, null),
    minute: fc.integer({ min: 0, max: 40 }),
  })

const toRow = (
  {
    holder,
    minute,
    ...row
  }: { holder: string | null; minute: number } & Omit<Row, 'assignedToId' | 'submittedAt'>,
  somebody: string,
): Row => ({
  ...row,
  // A claimed request has an assignee.
  assignedToId: row.status === 'claimed' ? (holder ?? somebody) : holder,
  submittedAt: momentOf(minute),
})

const insert = async ({ prisma }: Database, rows: readonly Row[]): Promise<void> => {
  const people = rows.map(() => personRow(newAccount()))
  await prisma.person.createMany({ data: people })
  await prisma.request.createMany({
    data: rows.map((row, index) => ({
      ...newRequest({ personId: people[index]?.id ?? '', ...row }),
      status: row.status,
      // Nothing is due, so the app does not start to route them.
      escalateAt: new Date('2100-01-01T00:00:00Z'),
      ...(row.status === 'claimed' && { claimedById: row.assignedToId, claimedAt: row.submittedAt }),
    })),
  })
}

type Asked = {
  status?: Row['status'][]
  territory?: string[]
  urgent?: boolean
  assigneeId?: string
  since?: number
  order: 'oldest' | 'newest'
  limit: number
}

const askedOf = (staff: readonly string[]): fc.Arbitrary<Asked> =>
  fc.record(
    {
      status: fc.array(fc.constantFrom(...requestStatuses), { minLength: 1, maxLength: 4 }),
      territory: fc.array(fc.constantFrom(...territories), { minLength: 1, maxLength: 4 }),
      urgent: fc.boolean(),
      assigneeId: fc.constantFrom(...staff, 'none'),
      since: fc.integer({ min: 0, max: 40 }),
      order: fc.constantFrom('oldest', 'newest'),
      limit: fc.integer({ min: 1, max: 70 }),
    },
    { requiredKeys: ['order', 'limit'] },
  )

type Pair = [name: string, value: string]

const queryOf = ({ since, status = [], territory = [], ...rest }: Asked): string => {
  const pairs: Pair[] = [
    ...Object.entries(rest).map(([name, value]): Pair => [name, String(value)]),
    ...status.map((code): Pair => ['status', code]),
    ...territory.map((code): Pair => ['territory', code]),
    ...(since === undefined ? [] : [['submittedSince', momentOf(since).toISOString()] as Pair]),
  ]
  return new URLSearchParams(pairs).toString()
}

/** The expected list, filtered row by row. */
const expectedOf = (rows: readonly Row[], asked: Asked, reached: readonly string[]): string[] => {
  const { status, territory, urgent, assigneeId, since, order } = asked
  const found = rows
    .filter((row) => reached.includes(row.territory))
    .filter((row) => status?.includes(row.status) ?? true)
    .filter((row) => territory?.includes(row.territory) ?? true)
    .filter((row) => urgent === undefined || row.urgent === urgent)
    .filter((row) => assigneeId === undefined || (row.assignedToId ?? 'none') === assigneeId)
    .filter((row) => since === undefined || row.submittedAt >= momentOf(since))
    .sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
  return order === 'oldest' ? found : found.reverse()
}

type Page = { items: { id: string }[]; nextCursor: string | null }

/** Reads all pages in sequence; runs `between` after each. */
const walk = async (key: ApiClient, asked: Asked, between = async () => {}): Promise<string[][]> => {
  const pages: string[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await key.get(`/requests?${queryOf(asked)}${cursor && `&cursor=${cursor}`}`)
    expect(answer.status).toBe(200)
    const { items, nextCursor } = answer.body as Page
    pages.push(items.map(({ id }) => id))
    cursor = nextCursor
    await between()
  }
  return pages
}

const openWithRows = async () => {
  const world = await openWorld({ api: { perMinute: 1_000_000 } })
  const staff = [(await joined(world.database)).id, (await joined(world.database)).id]
  const [row, somebody = ''] = [rowOf(staff), staff[0]]
  let seed = seedFrom('PROPERTY_SEED')
  // Each time other rows: the same ids would come twice.
  const sample = (numRuns: number) => {
    seed += 1
    return fc.sample(row, { numRuns, seed }).map((one) => toRow(one, somebody))
  }
  return { world, staff, sample }
}

test('the pages of any list contain each row once, in order, without an extra page', async () => {
  const { world, staff, sample } = await openWithRows()
  const rows = sample(240)
  await insert(world.database, rows)
  const keys = [
    { key: await keyOf(world), reached: territories },
    { key: await keyOf(world, { territories: ['leninsky', 'other'] }), reached: ['leninsky', 'other'] },
  ]
  await fc.assert(
    fc.asyncProperty(askedOf(staff), fc.constantFrom(...keys), async (asked, { key, reached }) => {
      const pages = await walk(key, asked)
      expect(pages.flat()).toEqual(expectedOf(rows, asked, reached))
      expect(pages.slice(0, -1).every((page) => page.length === asked.limit)).toBe(true)
      expect(pages.length === 1 || (pages.at(-1)?.length ?? 0) > 0).toBe(true)
    }),
    { numRuns: 150 },
  )
}, 120_000)

test('rows inserted between two pages do not shift them', async () => {
  const { world, sample } = await openWithRows()
  const key = await keyOf(world)
  const rows = sample(60)
  await insert(world.database, rows)
  for (const order of ['oldest', 'newest'] as const) {
    const asked: Asked = { order, limit: 7 }
    const before = expectedOf(rows, asked, territories)
    let times = 0
    const grow = async () => {
      times += 1
      // A list that grew before every page would never end.
      if (times > 6) return
      const more = sample(4)
      await insert(world.database, more)
      rows.push(...more)
    }
    const pages = await walk(key, asked, grow)
    expect(pages.length).toBeGreaterThan(8)
    const seen = pages.flat()
    expect(seen.filter((id) => before.includes(id))).toEqual(before)
    expect(new Set(seen).size).toBe(seen.length)
  }
})

test('a cursor of another list or order, and a forged one, are rejected', async () => {
  const { world, sample } = await openWithRows()
  const key = await keyOf(world)
  await insert(world.database, sample(3))
  // The audit has two rows.
  await keyOf(world)
  const lists = ['/requests', '/requests?order=newest', '/staff', '/audit']
  const next = async (list: string) => {
    const answer = await key.get(`${list}${list.includes('?') ? '&' : '?'}limit=1`)
    return { list, cursor: (answer.body as Page).nextCursor ?? '' }
  }
  const places = await Promise.all(lists.map(next))
  for (const { list, cursor } of places) {
    expect(cursor).not.toBe('')
    for (const other of lists) {
      const answer = await key.get(`${other}${other.includes('?') ? '&' : '?'}cursor=${cursor}`)
      expect([list, other, answer.status]).toEqual([list, other, other === list ? 200 : 422])
    }
  }
  const yearZero = { createdAt: '0000-01-01T00:00:00Z', id: randomUUID() }
  const early = Buffer.from(JSON.stringify(['staff', '', yearZero])).toString('base64url')
  expect(await key.get(`/staff?cursor=${early}`)).toMatchObject(problem('invalid-input', 422))
  const cursors = ['"12"', '{"submittedAt":"yesterday","id":"1"}', '[]', 'null', '{"at":{}}']
  for (const cursor of ['%00', ...cursors.map((text) => Buffer.from(text).toString('base64url'))]) {
    expect(await key.get(`/requests?cursor=${cursor}`)).toMatchObject({
      ...problem('invalid-input', 422),
      body: { errors: [{ parameter: 'cursor' }] },
    })
  }
  for (const limit of ['201', '0', '-1', '1e2', '0x10', '1.5', '', '%201', 'many']) {
    expect(await key.get(`/requests?limit=${limit}`)).toMatchObject({
      ...problem('invalid-input', 422),
      body: { errors: [{ parameter: 'limit' }] },
    })
  }
})
