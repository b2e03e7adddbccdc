import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { auditOf } from '#test/support/results-page.ts'
import { openWorld } from '#test/support/world.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const openDesk = async () => {
  const world = await openWorld({ inside: true, at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  await world.staff('Ирина', ['leninsky'], 'curator')
  const anna = await atDesk(world, await staffIdOf(world, 'Анна'))
  return { world, anna, prisma: world.database.prisma }
}

const letter = {
  source: 'letter',
  receivedOn: '2026-11-20',
  applicant: 'parent',
  territory: 'leninsky',
  words: 'Отец троих детей просит помощи дома <b>',
  name: 'Пётр "Ы" Иванов',
  phone: '8 928 000-00-00',
  safeToCall: 'yes',
  ground: 'consent',
}

test('a letter becomes a request whose terms count from the day on which it came', async () => {
  const { anna, prisma, world } = await openDesk()
  expect((await anna.get('/console/requests/new')).text).toContain('value="2026-11-24"')
  const once = crypto.randomUUID()
  const kept = await anna.send('/console/requests/new/appeal', letter, { once })
  const { id, ...request } = await prisma.request.findFirstOrThrow()
  expect(kept.headers.get('location')).toBe(`/console/requests/${id}?done=appealKept`)
  await anna.send('/console/requests/new/appeal', letter, { once })
  expect(await prisma.request.count()).toBe(1)
  expect(request).toMatchObject({
    source: 'letter',
    applicant: 'parent',
    ground: 'consent',
    territory: 'leninsky',
  })
  expect(request.submittedAt.toISOString()).toBe('2026-11-20T09:00:00.000Z')
  expect(await auditOf(world, await staffIdOf(world, 'Анна'))).toContain('request.registered')
  const card = `/console/requests/${id}`
  expect((await anna.get(card)).text).toContain('Отец троих детей просит помощи дома &lt;b&gt;')
  expect((await anna.get(`${card}/contact`)).text).toContain('tel:+79280000000')
  expect((await anna.send('/console/find', { text: 'иванов' })).text).toContain('Обращение')
})

test('what does not fit is said beside its field, and nothing typed is lost', async () => {
  const { anna, prisma } = await openDesk()
  const wrong = async (change: Record<string, string>, said: string) => {
    const answer = await anna.send('/console/requests/new/appeal', { ...letter, ...change })
    expect(answer.status, said).toBe(422)
    expect(answer.text).toContain(said)
    expect(answer.text).toContain('Отец троих детей просит помощи дома &lt;b&gt;')
    expect(answer.text).toContain('Пётр &quot;Ы&quot; Иванов')
    expect(answer.text).toMatch(/aria-invalid="true"|class="problem"/)
  }
  await wrong({ phone: '12' }, 'Номер не разобрать')
  await wrong({ receivedOn: '2026-11-25' }, 'Такой день не подходит')
  await wrong({ applicant: 'other-person' }, 'О какой?')
  await wrong({ ground: '152-fz-6-1-6' }, 'только для срочного')
  await wrong({ urgent: '1' }, 'почему это срочно')
  await wrong({ territory: 'moon' }, 'Заполните это поле')
  await wrong({ source: '' }, 'Заполните это поле')
  await wrong({ helpKinds: 'moon' }, 'Не записано')
  expect(await prisma.request.count()).toBe(0)
})

test('an urgent call goes out as urgent; a message about a family starts no term, unless it tells of danger', async () => {
  const { anna, prisma, world } = await openDesk()
  const call = { where: 'Лесная, 5', territory: 'leninsky', what: 'Кричат и плачут', phone: '', minor: '1' }
  expect((await anna.send('/console/requests/new/call', call)).headers.get('location')).toMatch(
    /done=callKept$/,
  )
  expect(await prisma.request.findFirstOrThrow()).toMatchObject({
    urgent: true,
    applicant: 'minor',
    source: 'phone',
  })
  const { text } = await anna.get('/console/requests?urgent=1')
  expect(text).toContain('звонок')
  expect((await anna.send('/console/requests/new/call', { ...call, what: ' ' })).status).toBe(422)

  const [, sender = ''] =
    /value="([\w-]+)"/.exec(
      (await anna.get('/console/requests/new?as=message')).text.split('id="sender"')[1] ?? '',
    ) ?? []
  const message = {
    sender,
    receivedOn: '2026-11-23',
    from: 'Школа № 4 о семье Ивановых',
    territory: 'leninsky',
    words: 'Ребёнок пропускает занятия',
  }
  const kept = await anna.send('/console/requests/new/message', message)
  expect(kept.headers.get('location')).toBe('/console/requests?done=messageKept')
  expect(await prisma.request.count()).toBe(1)
  await anna.send('/console/requests/new/message', {
    ...message,
    words: 'Отчим бьёт ребёнка, он боится идти домой',
  })
  expect(await prisma.request.count()).toBe(2)
  expect((await anna.send('/console/requests/new/message', { ...message, sender: 'moon' })).status).toBe(422)

  const irina = await atDesk(world, await staffIdOf(world, 'Ирина'))
  expect((await irina.get('/console/requests/new')).status).toBe(404)
  expect((await irina.send('/console/requests/new/call', call)).status).toBe(404)
})
