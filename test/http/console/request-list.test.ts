import { describe, expect, test } from 'vitest'
import { personWithoutAccount } from '#features/requests/register-appeal.ts'
import { createSealer } from '#storage/seal.ts'
import { atDesk } from '#test/support/console.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { auditOf } from '#test/support/results-page.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { testKeys } from '#test/support/world.ts'

const sealer = createSealer(testKeys)

const idOf = ({ path }: { path: string }) => path.slice('/requests/'.length)

/** Анна's request in Leninsky, and a colleague of the same territory, one of another, and a supervisor. */
const openCentre = async () => {
  const one = await openWithRequest({ atOnce: true, inside: true })
  const { world } = one
  await world.staff('Вера', ['leninsky'])
  await world.staff('Глеб', ['oktyabrsky'])
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = async (name: string) => atDesk(world, await staffIdOf(world, name))
  return { ...one, desk, id: idOf(one) }
}

describe('the list of requests', () => {
  test('shows what presses, with its next step, by filters that are links with counts', async () => {
    const { desk, number, id, world } = await openCentre()
    const anna = await desk('Анна')
    const mine = await anna.get('/console/requests')
    expect(mine.text).toContain(number)
    expect(mine.text).toContain('ждёт вас')
    expect(mine.text).toContain(`action="/console/requests/${id}/claim"`)
    expect(mine.text).toMatch(/view=mine" aria-current="page">Мои <span class="count">1</)
    expect(mine.text).toMatch(/view=closed">Закрытые <span class="count">0</)
    expect((await anna.send(`/console/requests/${id}/claim`)).status).toBe(303)
    expect((await anna.get('/console/requests?view=waiting')).text).toContain('Никто не ждёт')
    const taken = await anna.get('/console/requests?view=open')
    expect(taken.text).toContain('ведёте вы')
    // The family was promised a word.
    expect(taken.text).toContain(`href="/console/requests/${id}#talk">Ответить`)
    expect((await anna.get('/console/requests?view=open&urgent=1')).text).toContain('Таких обращений нет')
    expect((await anna.get('/console/requests?view=open&source=phone')).text).not.toContain(number)
    expect((await anna.get('/console/requests?view=open&order=newest&kind=application')).text).toContain(
      number,
    )
    // A filter that is none is left out.
    expect((await anna.get('/console/requests?view=none&territory[]=a&page=x')).text).toContain(number)
    await world.database.prisma.request.updateMany({
      data: { status: 'closed', closedAt: world.clock.now() },
    })
    expect((await anna.get('/console/requests?view=closed')).text).toContain('закрыто')
    expect((await anna.get('/console/requests?view=closed&territory=oktyabrsky')).text).not.toContain(number)
    expect((await anna.get('/console/requests?view=withdrawn')).text).toContain('Отозванных обращений нет')
  })

  test('is of the territories of whoever looks, and urgency that was seen is audited', async () => {
    const { desk, number, id, world } = await openCentre()
    const { prisma } = world.database
    await prisma.request.update({ where: { id }, data: { urgent: true } })
    const gleb = await desk('Глеб')
    expect((await gleb.get('/console/requests?view=open')).text).not.toContain(number)
    expect((await gleb.get('/console/requests?view=open&territory=leninsky')).text).not.toContain(number)
    const elena = await desk('Елена')
    const seen = await elena.get('/console/requests?urgent=1')
    expect(seen.text).toContain(number)
    expect(seen.text).toContain('ждёт, направлено: Анна')
    expect(await auditOf(world, await staffIdOf(world, 'Елена'))).toContain('request.flags')
    // A line that speaks of the supervisor is kept from them, and so is the request.
    await prisma.requestEvent.create({
      data: {
        requestId: id,
        kind: 'note',
        at: world.clock.now(),
        hiddenFrom: [await staffIdOf(world, 'Елена')],
      },
    })
    expect((await elena.get('/console/requests?view=open')).text).not.toContain(number)
  })

  test('is paged, and no page is heavy', async () => {
    const { desk, world, id } = await openCentre()
    const { prisma } = world.database
    const {
      id: _,
      number: __,
      draftId: ___,
      personId: ____,
      ...row
    } = await prisma.request.findUniqueOrThrow({
      where: { id },
    })
    for (let more = 0; more < 60; more += 1) {
      const { id: personId } = await world.database.transaction((tx) =>
        personWithoutAccount(tx, sealer, { minor: false, language: 'ru' }),
      )
      const number = `2026-9${String(more).padStart(5, '0')}`
      await prisma.request.create({ data: { ...row, number, draftId: crypto.randomUUID(), personId } })
    }
    const anna = await desk('Анна')
    const first = await anna.get('/console/requests')
    expect(first.text).toContain('Страница 1 из 3')
    expect(first.bytes.length).toBeLessThan(60_000)
    expect((await anna.get('/console/requests?page=99')).text).toContain('Страница 3 из 3')
  })
})

describe('the search of every page', () => {
  test('finds by number, name and phone; words are in no address, and what was found is audited', async () => {
    const { desk, number, id, world } = await openCentre()
    const anna = await desk('Анна')
    const byNumber = await anna.send('/console/find', { text: number })
    expect(byNumber.headers.get('location')).toBe(`/console/requests/${id}`)
    const byName = await anna.send('/console/find', { text: 'ольга' })
    expect(byName).toMatchObject({ status: 200, text: expect.stringContaining(number) })
    expect(await auditOf(world, await staffIdOf(world, 'Анна'))).toContain('people.searched')
    expect((await anna.send('/console/find', { text: '<b>"нет' })).text).toContain('&lt;b&gt;&quot;нет')
    expect((await anna.send('/console/find', { text: 'x'.repeat(201) })).status).toBe(422)
    expect((await anna.send('/console/find', { text: '  ' })).text).toContain('Напишите в поле сверху')
    const gleb = await desk('Глеб')
    expect((await gleb.send('/console/find', { text: number })).text).toContain('Ничего не нашлось')
    expect((await gleb.post('/console/find', { text: number })).status).toBe(403)
  })
})

test('two requests come in the order in which they press', async () => {
  const { desk, number, world } = await openCentre()
  await submitAsParent(world.person())
  const second = '2026-000002'
  await world.database.prisma.request.update({ where: { number: second }, data: { urgent: true } })
  const { text } = await (await desk('Елена')).get('/console/requests')
  expect(text.indexOf(second)).toBeLessThan(text.indexOf(number))
})
