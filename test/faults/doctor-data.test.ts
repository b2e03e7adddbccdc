import { describe, expect, test } from 'vitest'
import { examineDatabase } from '#control/doctor/examine-database.ts'
import { type Checked, mustBeMended } from '#control/doctor/findings.ts'
import { doctorLines } from '#control/doctor/report.ts'
import { region } from '#regions/index.ts'
import { readConfig } from '#src/config.ts'
import { createSealer, type SealKey } from '#storage/seal.ts'
import { openWithFamily } from '../support/family.ts'
import { submitAsParent } from '../support/intake.ts'
import { noteRotation } from '#storage/keys/rotate.ts'
import { testKeys } from '../support/world.ts'

const otherKey = { id: 'other', key: Buffer.alloc(32, 9) }
const codesOf = (checked: readonly Checked[]) =>
  checked.flatMap(({ findings }) => findings.map(({ code }) => code))

describe('what is stored', () => {
  test('keys that open nothing or a part, and another region', async () => {
    const { world, member } = await openWithFamily()
    const look = async (keys: SealKey[], regionCode: 'stavropol' | 'nyagan' = 'stavropol') =>
      examineDatabase({
        database: world.database,
        config: readConfig({}),
        sealer: createSealer(keys),
        region: region(regionCode),
        now: () => new Date(),
      }).then((checked) => checked.find(({ check }) => check === 'data')?.findings.map(({ code }) => code))
    await member('parent', 'Ольга')
    expect(await look(testKeys)).toEqual([])
    expect(await look([otherKey, ...testKeys])).toEqual([])
    const act = { id: crypto.randomUUID(), at: new Date(), ground: 'term', kind: 'person', keys: 1 }
    await world.database.prisma.destructionAct.create({
      data: { ...act, subjectId: crypto.randomUUID(), counts: {}, journal: [] },
    })
    expect(await look(testKeys)).toEqual(['keys.rotation-due'])
    await world.database.transaction((tx) => noteRotation(tx, new Date()))
    expect(await look(testKeys)).toEqual([])
    expect(await look([otherKey])).toEqual(['keys.open-nothing'])
    expect(await look(testKeys, 'nyagan')).toEqual(['data.other-region'])
    await submitAsParent(world.person())
    const { id } = await world.database.prisma.request.findFirstOrThrow()
    const contact = createSealer([otherKey]).seal('{}', `requests.contact.${id}`)
    await world.database.prisma.request.update({ where: { id }, data: { contact } })
    expect(await look(testKeys)).toEqual(['keys.incomplete'])
    // The newest row opens, the account of a person does not.
    expect(await look([otherKey])).toEqual(['keys.accounts'])
  })

  test('an instance whose keys do not open what is there is not ready', async () => {
    const { world, member } = await openWithFamily({ noise: ['keys.incomplete', 'health.down'] })
    await member('parent', 'Ольга')
    const ready = async () => {
      const answer = await fetch(new URL('/health/ready', world.app().url))
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ready()).toMatchObject({ status: 200, body: { checks: { keys: 'ok' } } })
    await submitAsParent(world.person())
    const { id } = await world.database.prisma.request.findFirstOrThrow()
    const contact = createSealer([otherKey]).seal('{}', `requests.contact.${id}`)
    await world.database.prisma.request.update({ where: { id }, data: { contact } })
    await world.restart()
    expect(await ready()).toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { database: 'ok', telegram: 'ok', keys: 'down' } },
    })
  })

  test('staff of a part of the territories, and words that are there', async () => {
    const { world, key } = await openWithFamily()
    const look = async () =>
      examineDatabase({
        database: world.database,
        config: readConfig({}),
        sealer: createSealer(testKeys),
        region: region('stavropol'),
        now: () => new Date(),
        // The world's database is open as its owner.
      }).then((checked) => checked.filter(({ check }) => check !== 'rights'))
    expect(codesOf(await look())).toEqual(['staff.no-intake', 'words.none'])
    await world.staff('Анна', ['leninsky'])
    const page = doctorLines(await look()).join('\n')
    expect(page).toMatch(
      /! staff +Nobody is there for requests of oktyabrsky, promyshlenny, shpakovsky, which go to any/,
    )
    const { territories } = region('stavropol')
    await world.staff(
      'Нина',
      territories.map(({ code }) => code),
    )
    expect(await key.call('PUT', '/alarming-words', { body: { words: ['страшно'] } })).toMatchObject({
      status: 200,
    })
    const whole = await look()
    expect([codesOf(whole), mustBeMended(whole)]).toEqual([[], false])
    expect(doctorLines(whole)).toContain('✓ staff')
  })
})
