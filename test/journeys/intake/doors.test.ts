import { describe, expect, test } from 'vitest'
import { type Invitation, inviteStaff, renewInvite } from '#features/staff/invite-staff.ts'
import { minorAnswers, submitAsParent, upTo } from '#test/support/intake.ts'
import { jobStates, rowsOf } from '#test/support/rows.ts'
import { openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const hour = 60 * 60 * 1000
const caseActions = ['take', 'pass', 'details', 'story', 'card', 'contact', 'write'] as const

describe('a forged staff button', () => {
  test.each(caseActions)(
    '«%s» reveals nothing to the family, nor to staff of another territory',
    async (action) => {
      const world = await openWorld({ at: tuesday })
      const anna = await world.staff('Анна', ['leninsky'])
      const boris = await world.staff('Борис', ['oktyabrsky'])
      const olga = world.person()
      const number = await submitAsParent(olga)
      await expect.poll(() => jobStates(world.database, 'staff-card')).toEqual(['completed'])
      expect(anna.text()).toContain(number)
      const { id } = await world.database.prisma.request.findFirstOrThrow()
      const before = await rowsOf(world.database)

      for (const chat of [olga, boris]) {
        const answer = await chat.byHand(`-.${action}.${id}`)
        // The same words as for a request that never was.
        expect(answer).toEqual(await chat.byHand(`-.${action}.018f0000-0000-7000-8000-000000000000`))
        expect(answer).toMatchObject({ text: 'Такого здесь нет.' })
        chat.sees('home')
      }
      expect(boris.allText()).not.toMatch(new RegExp(`${number}|Ольга|комнаты|79001112233`))
      expect(await rowsOf(world.database)).toEqual(before)
      expect(await world.database.prisma.request.findFirst()).toMatchObject({ status: 'submitted' })
    },
  )

  test.each(['-.details.', '-.take.nonsense', '-.contact.1', '-.card.__proto__'])(
    '%s is ignored',
    async (data) => {
      const world = await openWorld({ at: tuesday })
      const anna = await world.staff('Анна', ['leninsky'])
      expect(await anna.byHand(data)).toMatchObject({ text: expect.stringMatching(/устарела/) })
      expect(await world.database.prisma.failedUpdate.count()).toBe(0)
    },
  )

  test('does not cost a family its place in the questionnaire', async () => {
    const world = await openWorld({ at: tuesday })
    const dasha = world.person()
    await dasha.play(upTo(minorAnswers('Да, можно'), 'question.circumstances'))
    await dasha.byHand('-.details.018f0000-0000-7000-8000-000000000000')
    await dasha.play([
      ['/menu', 'home'],
      ['Продолжить', 'question.circumstances'],
    ])
  })

  test('a specialist who was dismissed during a case loses access to it', async () => {
    const world = await openWorld({ at: tuesday })
    const anna = await world.staff('Анна', ['leninsky'])
    const number = await submitAsParent(world.person())
    await expect.poll(() => anna.text()).toContain(number)
    await anna.play([['Ответы', 'case.details']])
    await world.database.prisma.staffMember.updateMany({ data: { active: false } })
    await anna.play([
      [{ words: 'ещё раз' }, 'hand-over'],
      ['Нет, стереть', 'home'],
    ])
    expect(anna.buttons(anna.card()).map(({ text }) => text)).not.toContain('Очередь')
  })
})

describe('the invitation link of staff', () => {
  const invite = async (world: World) => {
    const invited = await inviteStaff(
      { db: world.database, clock: world.clock, botUsername: world.telegram.bot.username ?? '' },
      { name: 'Анна', role: 'intake', territories: ['leninsky'] },
    )
    return linkOf(invited)
  }
  const linkOf = ({ link }: Invitation) => new URL(link).searchParams.get('start') ?? ''
  const joined = ({ database }: World) =>
    database.prisma.staffMember.count({ where: { personId: { not: null } } })

  test('works once; the second person is told so kindly, and is not stored', async () => {
    const world = await openWorld({ at: tuesday })
    const link = await invite(world)
    const anna = world.person({ firstName: 'Анна' })
    await anna.play([[(chat) => chat.start(link), 'joined']])
    expect(anna.messages().length).toBeGreaterThan(0)
    const before = await rowsOf(world.database)
    const stranger = world.person({ firstName: 'Некто' })
    await stranger.play([[(chat) => chat.start(link), /Эта ссылка не действует/]])
    stranger.sees('home')
    expect(stranger.buttons(stranger.card()).map(({ text }) => text)).not.toContain('Очередь')
    await anna.play([
      [(chat) => chat.start(link), /Анна, вы уже здесь/],
      ['/queue', 'queue'],
    ])
    expect(await rowsOf(world.database)).toEqual(before)
  })

  test('works for 48 hours', async () => {
    const world = await openWorld({ at: tuesday })
    const [early, late] = [await invite(world), await invite(world)]
    world.clock.forward(48 * hour - 60_000)
    await world.person().play([[(chat) => chat.start(early), 'joined']])
    world.clock.forward(2 * 60_000)
    await world.person().play([[(chat) => chat.start(late), /Эта ссылка не действует: её срок прошёл/]])
    expect(await joined(world)).toBe(1)
  })

  test.each(['s_AAAAAAAAAAAAAAAAAAAAAA', 's_short', 'x'.repeat(64)])(
    'invented (%s) leads nowhere',
    async (link) => {
      const world = await openWorld({ at: tuesday })
      const stranger = world.person()
      await stranger.play([[(chat) => chat.start(link), /Эта ссылка/]])
      stranger.sees('home')
      expect(await rowsOf(world.database)).toEqual({})
    },
  )

  test('replaces the previous link, which stops working', async () => {
    const world = await openWorld({ at: tuesday })
    const first = await invite(world)
    const { id } = await world.database.prisma.staffMember.findFirstOrThrow()
    const deps = { db: world.database, clock: world.clock, botUsername: world.telegram.bot.username ?? '' }
    const second = linkOf(await renewInvite(deps, id))
    await world.person().play([[(chat) => chat.start(first), /Эта ссылка не действует/]])
    const anna = world.person({ firstName: 'Анна' })
    await anna.play([[(chat) => chat.start(second), 'joined']])
    await world.person().play([[(chat) => chat.start(first), /Эта ссылка не действует/]])
    await anna.play([['/queue', 'queue']])
  })

  test('used by two people at once lets one of them join', async () => {
    const world = await openWorld({ at: tuesday })
    const link = await invite(world)
    const both = [world.person(), world.person()]
    await Promise.all(both.map((chat) => chat.start(link)))
    expect(await joined(world)).toBe(1)
    expect(both.filter((chat) => /Вы на связи/.test(chat.text()))).toHaveLength(1)
  })
})
