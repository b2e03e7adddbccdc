import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  addRepresentativeCheck,
  addScan,
  findScan,
  representativeChecksOf,
  scannedPapers,
} from '#storage/consents/papers.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined, newPerson } from '../samples.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('the first scan of a paper stays, and whoever saw the authority is known', async () => {
  const [{ id: personId }, { id: staffId }] = [await newPerson(db()), await joined(db())]
  const by = { personId, staffId, apiKeyId: null, at }
  const scan = { id: randomUUID(), type: 'pdf' as const, content: 'v1.test.scan', ...by }
  await db().transaction((tx) => addScan(tx, scan))
  await db().transaction((tx) => addScan(tx, { ...scan, content: 'v1.test.other' }))
  expect(await findScan(db(), randomUUID())).toBeNull()
  expect(await findScan(db(), scan.id)).toEqual(scan)
  expect(await scannedPapers(db(), [scan.id, randomUUID()])).toEqual(new Set([scan.id]))

  const seenOn = new Date('2026-11-23T00:00:00Z')
  const check = { id: randomUUID(), paper: 'guardianship' as const, details: null, seenOn, ...by }
  await db().transaction((tx) => addRepresentativeCheck(tx, check))
  expect(await representativeChecksOf(db(), [personId])).toEqual([check])
})
