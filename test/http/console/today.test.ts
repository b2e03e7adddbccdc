import { describe, expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { surveyRows } from '#test/support/survey-rows.ts'

describe('«Мой день»', () => {
  test('a specialist sees what waits, takes it by one press, and it is theirs', async () => {
    const { world, number, path } = await openWithRequest({ inside: true })
    const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
    const before = await desk.get('/console')
    expect(before.text).toContain(`Обращение ${number}`)
    const claim = `/console${path}/claim`
    expect(before.text).toContain(`action="${claim}"`)
    expect(await desk.send(claim)).toMatchObject({ status: 303 })
    const after = await desk.get('/console')
    expect(after.text).not.toContain(`action="${claim}"`)
    // Somebody else's page that was open: told why, and nothing changed.
    await world.staff('Мария', ['leninsky'])
    const other = await atDesk(world, await staffIdOf(world, 'Мария'))
    expect(await other.send(claim)).toMatchObject({
      status: 409,
      text: expect.stringContaining('Не сделано'),
    })
  })

  test('what is urgent and given to oneself stands before what waits for others', async () => {
    const { world, number, path } = await openWithRequest({ inside: true })
    await world.staff('Мария', ['leninsky'])
    const other = await submitAsParent(world.person({ firstName: 'Павел' }))
    const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
    const order = async () => {
      const { text } = await desk.get('/console')
      const main = text.slice(text.indexOf('<main'))
      return [number, other].sort((a, b) => main.indexOf(a) - main.indexOf(b))
    }
    expect(await order()).toEqual([other, number])
    const where = { id: path.replace('/requests/', '') }
    await world.database.prisma.request.update({ where, data: { urgent: true } })
    expect(await order()).toEqual([number, other])
  })

  test('a family without a curator stands before the supervisor, and curators read nothing of it', async () => {
    const { world, curatorId, familyId } = await openWithFamily({ inside: true })
    const { prisma } = world.database
    const supervisor = await atDesk(world, await staffIdOf(world, 'Елена'))
    expect((await supervisor.get('/console')).text).not.toContain('Никто не ведёт')
    const curator = await atDesk(world, curatorId)
    await prisma.family.update({ where: { id: familyId }, data: { curatorId: null } })
    const { text } = await supervisor.get('/console')
    expect(text).toContain('Никто не ведёт')
    expect(text).toContain(`href="/console/families/${familyId}/give"`)
    expect((await curator.get('/console')).text).not.toContain('Никто не ведёт')
    expect((await curator.get('/console/requests')).status).toBe(404)
  })

  test('what a school has told of a family waits before specialists and supervisors of the territory, without its words', async () => {
    const { world, key, curatorId } = await openWithFamily({ inside: true })
    await world.staff('Анна', ['leninsky'])
    await world.staff('Глеб', ['oktyabrsky'])
    const told = {
      ...{ source: 'municipal-body', receivedOn: '2026-11-20', territory: 'leninsky' },
      ...{ from: 'Школа № 5, о Маше', words: 'Девочка не ходит на уроки' },
    }
    const { id } = (await key.post('/incoming', told)).body as { id: string }
    const desk = async (name: string) => atDesk(world, await staffIdOf(world, name))
    const [anna, elena] = [await desk('Анна'), await desk('Елена')]
    for (const one of [anna, elena]) {
      const { text } = await one.get('/console')
      expect(text).toContain(`href="/console/incoming/${id}"`)
      expect(text).not.toMatch(/не ходит|о Маше/)
    }
    for (const one of [await desk('Глеб'), await atDesk(world, curatorId)])
      expect((await one.get('/console')).text).not.toContain('/console/incoming/')
    expect((await anna.send(`/console/incoming/${id}/refute`, { reason: 'Уехала в отпуск' })).status).toBe(
      303,
    )
    expect((await elena.get('/console')).text).not.toContain('/console/incoming/')
  })

  test('who asked for another than their curator is shown until somebody has answered, and never to the curator', async () => {
    const centre = await openWithFamily({ inside: true })
    const { world, curatorId, familyId } = centre
    const { memberId } = await centre.member('parent', 'Светлана')
    const { personId } = await world.database.prisma.familyMember.findUniqueOrThrow({
      where: { id: memberId },
    })
    if (personId === null) throw new Error('nobody has joined')
    const { rescues } = await surveyRows(world, { familyId, memberId, personId, territory: 'leninsky' })
    const supervisor = await atDesk(world, await staffIdOf(world, 'Елена'))
    const curator = await atDesk(world, curatorId)
    const answered = `/console/rescues/${rescues}/answered`
    expect((await supervisor.get('/console')).text).toContain('Просят поговорить не с куратором')
    expect((await curator.get('/console')).text).not.toContain('Просят')
    expect((await curator.send(answered)).status).toBe(404)
    expect(await supervisor.send(answered)).toMatchObject({ status: 303 })
    expect((await supervisor.get('/console?done=answered')).text).toContain('Отмечено: вы ответили.')
    expect((await supervisor.get('/console')).text).not.toContain('Просят')
  })
})
