import { expect, inject, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { holdTable, waitingForLocks } from '#test/support/locks.ts'
import { auditOf, openResults, playAnswers } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

// What is made while its reader leaves is made to its end, and not handed out (ADR 121).

const files = [
  ['comments of surveys', '/console/surveys/files/comments.xlsx', 'survey_answers'],
  ['a register', '/console/reports/registers/help/file/xlsx', 'help_results'],
] as const

const open = async () => {
  const centre = await openResults({ inside: true })
  const { world, curatorId } = centre
  await playAnswers(world, curatorId)
  await world.staff('Марк', ['leninsky'], 'supervisor')
  const markId = await staffIdOf(world, 'Марк')
  await world.database.prisma.staffMember.update({ where: { id: markId }, data: { administers: true } })
  const mark = await atDesk(world, markId)
  const elenaId = await staffIdOf(world, 'Елена')
  const ways = {
    'has left': async (elena: Desk) => expect((await elena.send('/console/exit')).status).toBe(200),
    'has another role': async () => {
      const rights = { name: 'Елена', role: 'curator', territories: 'leninsky', shown: '{}' }
      expect((await mark.send(`/console/staff/${elenaId}/rights`, rights)).status).toBe(303)
      await world.database.prisma.staffMember.update({
        where: { id: elenaId },
        data: { role: 'supervisor', revision: { increment: 1 } },
      })
    },
    'has no access': async () =>
      expect((await mark.send(`/console/staff/${elenaId}/end-access`)).status).toBe(303),
  }
  return { world, elenaId, ways }
}
type Desk = Awaited<ReturnType<typeof atDesk>>

test.runIf(inject('database') === 'postgres')(
  'an export that is running is withheld from whoever leaves, loses the role or the access meanwhile',
  async () => {
    const { world, elenaId, ways } = await open()
    const withheld = async () =>
      (await auditOf(world, elenaId)).filter((action) => action === 'console.file-withheld').length
    for (const [what, path] of files) {
      const there = await (await atDesk(world, elenaId)).get(path)
      expect([what, there.status, there.bytes.subarray(0, 2).toString()]).toEqual([what, 200, 'PK'])
    }
    expect(await withheld()).toBe(0)
    let times = 0
    for (const [how, leave] of Object.entries(ways))
      for (const [what, path, table] of how === 'has no access' ? files.slice(0, 1) : files) {
        const elena = await atDesk(world, elenaId)
        const held = await holdTable(world.database, table)
        const asked = elena.get(path)
        await expect
          .poll(() => waitingForLocks(world.database), { message: `${what}, ${how}`, timeout: 4_000 })
          .toBeGreaterThan(0)
        await leave(elena)
        await held.release()
        const answer = await asked
        const of = `${what}, ${how}`
        expect([of, answer.status, answer.headers.get('content-disposition')]).toEqual([of, 401, null])
        expect(answer.text, of).not.toMatch(/^PK/)
        times += 1
        expect(await withheld(), of).toBe(times)
        expect((await elena.get(path)).status, of).toBe(401)
      }
  },
)
