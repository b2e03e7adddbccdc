import { expect, test } from 'vitest'
import { namedByButton as named } from '#test/support/button-ids.ts'
import type { Chat } from '#test/support/chat.ts'
import { createDice, type Dice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { type FamilyWorld, openLink } from '#test/support/family.ts'
import { told } from '#test/support/plan.ts'
import { rowsOf } from '#test/support/rows.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'
import { everyAction, openWhole } from '#test/support/whole-family.ts'

/**
 * With how many kinds of ids everybody tries each button: with all by `npm run test:long`. In the check everybody tries each
 * button; they share the kinds that it names, and one of them tries another kind, by chance.
 */
const most = effort('FOREIGN_IDS', { check: 1, full: 9 })
const seed = seedFrom('FOREIGN_SEED')

/** What the id of a button names; one that names nothing may be tried with any. */
const ownKinds = (action: string, kinds: readonly string[]): readonly string[] =>
  named[action]?.length ? named[action] : kinds

type Trier = { /** Which of them this is, */ place: number /** of so many. */; of: number; dice: Dice }

/** Which ids one of them tries on the button of this turn; the shares go round from button to button. */
const shareOf = (action: string, kinds: readonly string[], turn: number, { place, of, dice }: Trier) => {
  const own = ownKinds(action, kinds)
  const foreign = kinds.filter((kind) => !own.includes(kind))
  if (most > 1) return [...own, ...foreign]
  const at = (place + turn) % of
  const share = at < own.length ? own.filter((_, index) => index % of === at) : [own[at % own.length] ?? '']
  const another = at === 0 ? dice.pick(foreign) : undefined
  return another === undefined ? share : [...share, another]
}

/** People who have nothing to do with that family, each with something of their own where they can. */
const openForeigners = async ({ world, key, curatorId }: FamilyWorld): Promise<Record<string, Chat>> => {
  const intake = await world.staff('Пётр', ['oktyabrsky'], 'intake')
  const supervisor = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const curator = await world.staff('Мария', ['oktyabrsky'], 'curator')
  const neighbour = await world.staff('Галина', ['leninsky'], 'curator')
  const own = {
    territory: 'oktyabrsky',
    curatorId: await staffIdOf(world, 'Мария'),
    level: 'basic',
    stage: 'activities',
  }
  const { id } = (await key.post('/families', own)).body as { id: string }
  const join = async (role: string, label: string) => {
    const { link } = (await key.post(`/families/${id}/members`, { role, name: 'Чужие' })).body as {
      link: string
    }
    const chat = world.person({ firstName: 'Чужие' })
    await openLink(chat, link)
    await chat.tap(label)
    return chat
  }
  const parent = await join('parent', 'Даю согласие')
  const minor = await join('minor', 'Да, разрешаю')
  const stranger = world.person({ firstName: 'Никто' })
  await stranger.start()
  // The family's curator is away: on the first versions any intake specialist read everything then.
  const away = { from: '2026-11-25T06:00:00Z', until: '2026-12-25T07:00:00Z' }
  expect((await key.post(`/staff/${curatorId}/absences`, away)).status).toBe(201)
  return { intake, supervisor, curator, neighbour, parent, minor, stranger }
}

/** What the last messages of a chat show, from this one on. */
const seenSince = (chat: Chat, index: number): string =>
  JSON.stringify(
    chat
      .messages()
      .slice(index)
      .map(({ text, caption, document, reply_markup: { inline_keyboard: rows = [] } = {} }) => ({
        text,
        caption,
        file: document?.file_name,
        rows: rows.flat().map(({ text: label }) => label),
      })),
  )

/** Taps by hand, each on a menu: says all that a tap shows, the answer on the button and what stands in the chat since. */
const createTapper = (chat: Chat) => {
  let menu: { index: number; seen: string } | null = null
  return async (action: string, id: string): Promise<string> => {
    // A tap that changed nothing leaves the menu that it was made on: half of all updates are saved.
    if (!menu) {
      await chat.say('/menu')
      const index = chat.messages().length - 1
      menu = { index, seen: seenSince(chat, index) }
    }
    const answer = await chat.byHand(`-.${action}.${id}`)
    const seen = seenSince(chat, menu.index)
    if (seen !== menu.seen) menu = null
    return JSON.stringify({ answer, seen }).replaceAll(id, 'ID')
  }
}

test(`no button with an id of another family tells anything, to anybody, nor changes anything (seed ${seed})`, async () => {
  // Seven people tap at once for a minute: on a busy machine Redis may be slow to answer one of their thousands of updates.
  const { family, ids } = await openWhole({ noise: ['session.kept-in-memory'] })
  const { world } = family
  const foreigners = await openForeigners(family)
  // The names of their own families are audited at the first look of a day.
  await foreigners.curator?.say('/families')
  await told(world)
  const rows = async () => {
    const { processed_updates: _, ...rest } = await rowsOf(world.database)
    return rest
  }
  const unread = () => world.database.prisma.message.count({ where: { readAt: null } })
  const before = { rows: await rows(), unread: await unread() }
  const telling: string[] = []
  const kinds = Object.keys(ids)
  const asked = new Set<string>()
  const tryAll = async (who: string, chat: Chat, place: number) => {
    const shownBy = createTapper(chat)
    const trier = { place, of: Object.keys(foreigners).length, dice: createDice(seed + place) }
    for (const [turn, action] of everyAction.entries()) {
      const nothing = await shownBy(action, missing)
      for (const kind of shareOf(action, kinds, turn, trier)) {
        asked.add(`${action} of a ${kind}`)
        if ((await shownBy(action, ids[kind] ?? '')) !== nothing)
          telling.push(`${who}: ${action} of a ${kind}`)
      }
    }
    expect(chat.allText(), who).not.toMatch(/Метка/)
  }
  // All at once: they have nothing in common, and one waits while another is answered.
  await Promise.all(Object.entries(foreigners).map(([who, chat], place) => tryAll(who, chat, place)))
  expect(telling).toEqual([])
  const meant = everyAction.flatMap((action) =>
    ownKinds(action, kinds).map((kind) => `${action} of a ${kind}`),
  )
  expect(meant.filter((one) => !asked.has(one))).toEqual([])
  expect({ rows: await rows(), unread: await unread() }).toEqual(before)
}, 600_000)

test('ids of another family inside one’s own cards do nothing either', async () => {
  const { family, ids } = await openWhole()
  const { world, another, key } = family
  const other = (await another()).split('/').at(-1) ?? ''
  const own = (await key.post(`/families/${other}/members`, { role: 'parent', name: 'Своя' })).body as {
    member: { id: string }
  }
  const neighbour = await world.staff('Галина', ['leninsky'], 'curator')
  await key.patch(`/families/${other}`, { curatorId: await staffIdOf(world, 'Галина') }, { 'if-match': '*' })
  const invites = await world.database.prisma.familyInvite.count()
  await neighbour.byHand(`-.f-invite.${other}`)
  const revision = () => {
    const data = neighbour
      .buttons(neighbour.card())
      .map((button) => ('callback_data' in button ? (button.callback_data ?? '') : ''))
    return data.find((one) => !one.startsWith('-'))?.split('.')[0] ?? '0'
  }
  for (const id of [ids.parent, ids.minor]) {
    await neighbour.byHand(`-.f-invite.${other}`)
    await neighbour.byHand(`${revision()}.set.${id}`)
  }
  await neighbour.byHand(`-.thread.${own.member.id}`)
  await neighbour.byHand(`${revision()}.file.${ids.message}`)
  expect(neighbour.allText()).not.toMatch(/Метка/)
  expect(await world.database.prisma.familyInvite.count()).toBe(invites)
})

test('intake of the territory reads what waits while the curator is away; another one is not even told', async () => {
  const { family, olga, ids } = await openWhole()
  const { world, curator } = family
  const { intake, supervisor } = await openForeigners(family)
  const vera = await world.staff('Вера', ['leninsky'], 'intake')
  const cards = (chat: Chat | undefined) =>
    chat?.allText().match(/Семья № \d+: новое сообщение/g)?.length ?? 0
  const before = [intake, supervisor, curator].map(cards)
  await vera.byHand(`-.f-plan.${ids.family}`)
  expect(vera.text()).toMatch(/Меткацель|Меткадело|План/)
  await vera.byHand(`-.thread.${ids.parent}`)
  expect(vera.text()).toMatch(/Меткастрока/)

  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Метка вторая' }, /Отправлено/],
  ])
  await expect.poll(() => cards(vera)).toBe(1)
  await told(world)
  expect([intake, supervisor, curator].map(cards)).toEqual(before)
})
