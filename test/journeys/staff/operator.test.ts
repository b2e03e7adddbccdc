import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'
import { runFileCommand } from '#src/cli/plan-files.ts'
import type { Command } from '#control/command.ts'
import { maxPhotoBytes } from '#features/staff/staff-photo.ts'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { openWithFamily } from '#test/support/family.ts'
import { operatorOf } from '#test/support/operator.ts'
import { jpegOf, jpegSegment } from '#test/support/pictures.ts'
import { planVisit, told } from '#test/support/visits.ts'

const nobody = '018f3a5e-0000-7000-8000-000000000000'
const place = 'GPS 45.0428,41.9734'

test('an operator sets and removes a photo, without what a phone has written into it', async () => {
  const { world, curatorId } = await openWithFamily()
  const { command } = await operatorOf(world)
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-photo-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const types = async (id: string, ...words: string[]): Promise<string[]> => {
    const done = await runFileCommand(parseCommand(['staff', 'photo', id, ...words]) as never)
    return command(done as Command)
  }
  const file = (name: string) => join(dir, name)
  const comment = jpegSegment(0xfe, Buffer.from(place))
  await writeFile(file('anna.jpg'), jpegOf(480, 640, [comment]))
  await writeFile(file('small.jpg'), jpegOf(20, 20, []))
  await writeFile(file('large.jpg'), Buffer.alloc(maxPhotoBytes + 1))
  expect(await types(curatorId, '--file', file('anna.jpg'))).toEqual([
    expect.stringMatching(/^Stored the photo of Ирина: 480 × 640 pixels, \d+ bytes, without its metadata$/),
  ])
  const bytes = Buffer.from((await photoOf(world.database, curatorId))?.bytes ?? [])
  expect(bytes.length).toBeGreaterThan(0)
  expect(bytes.includes(place)).toBe(false)

  const refused = (...words: string[]) => expect(types(curatorId, '--file', ...words)).rejects
  await refused(file('small.jpg')).toThrow(
    /not a JPEG or PNG that is whole, with sides of 100 to 2000 pixels/,
  )
  await refused(file('large.jpg')).toThrow(/large\.jpg is larger than 500 KB/)
  await refused(file('none.jpg')).toThrow(/none\.jpg does not exist/)
  await refused(dir).toThrow(/is a folder/)
  await expect(types(nobody, '--remove')).rejects.toThrow(/No staff member has this id/)
  expect((await photoOf(world.database, curatorId))?.bytes).toHaveLength(bytes.length)

  expect(await types(curatorId, '--remove')).toEqual(['Removed the photo of Ирина'])
  expect(await types(curatorId, '--remove')).toEqual(['Ирина has no photo'])
  const changed = { action: 'staff.changed', subjectId: curatorId, staffId: null, apiKeyId: null }
  expect(await world.database.prisma.auditEntry.count({ where: changed })).toBe(2)
})

test('a photo is one file, standard input, or none', () => {
  const typed = (...words: string[]) => parseCommand(['staff', 'photo', nobody, ...words])
  expect(typed('--file', '-')).toMatchObject({ file: '-', remove: false })
  for (const words of [[], ['--file', 'a.jpg', '--remove']])
    expect(() => typed(...words)).toThrow(/^--file must be the name of a JPEG or PNG/)
})

test('an operator records an absence, and supervisors hear of the visits of these days', async () => {
  const { world, curatorId, curator, supervisor, key, path } = await openWithFamily()
  const { command } = await operatorOf(world)
  await planVisit({ key, path }, { startsAt: '2026-12-05T15:00:00Z' })
  const types = (...words: string[]) =>
    command(parseCommand(['staff', 'absence', curatorId, ...words]) as Command)
  expect(await types()).toEqual(['No absence is recorded'])
  // The last day is a day of absence, too: by the region's clock, which is Moscow's.
  expect(await types('--from', '2026-12-01', '--until', '2026-12-05')).toEqual([
    '2026-12-01T00:00+03:00\t2026-12-06T00:00+03:00',
    'visits that nobody makes then, told to supervisors\t1',
  ])
  await told(curator, /отсутств/i)
  await told(supervisor, /1 визит, на который некому прийти/)
  await expect(types('--until', '2026-11-20')).rejects.toThrow(/--until must be later/)
  expect(() => parseCommand(['staff', 'absence', curatorId, '--from', '2026-12-01'])).toThrow(
    /^--until must be/,
  )
  expect(() => parseCommand(['staff', 'absence', curatorId, '--until', '2026-12-01', '--end'])).toThrow(
    /^--until must be/,
  )
  expect(await types('--end')).toEqual(['No absence is recorded'])
})

test('an operator changes territories, and reads what is still theirs', async () => {
  const { world, curatorId } = await openWithFamily()
  const { command } = await operatorOf(world)
  const types = (id: string, code: string) =>
    command(parseCommand(['staff', 'territories', id, '--territory', code]) as Command)
  await expect(types(curatorId, 'mars')).rejects.toThrow(/Unknown territory: mars/)
  await expect(types(nobody, 'leninsky')).rejects.toThrow(/No staff member/)
  const said = await types(curatorId, 'oktyabrsky')
  expect(said.slice(0, 4)).toEqual([
    'Ирина serves oktyabrsky from now on',
    expect.stringMatching(/^Still theirs/),
    'requests\t0',
    'families\t1',
  ])
})
