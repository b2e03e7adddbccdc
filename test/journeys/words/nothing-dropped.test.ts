import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '#test/support/chat.ts'
import { createDice, type Dice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { createSayer, type Sent } from '#test/support/everything-said.ts'
import { openWithFamily } from '#test/support/family.ts'
import { parentAnswers, submitAsParent, upTo } from '#test/support/intake.ts'
import { testKeys, type World } from '#test/support/world.ts'

/** Set SAID_SEED to repeat a run, SAID_STEPS for a longer one. */
const seed = seedFrom('SAID_SEED')
const steps = effort('SAID_STEPS', { check: 150, full: 10_000 })

const sealer = createSealer(testKeys)

/** Reads all that the database keeps of what families said, opened; what is only added to is read once. */
const createKept = ({ database: { prisma } }: World) => {
  const opened = (text: string | null, at: string) => (text === null ? '' : sealer.open(text, at))
  const known = new Map<string | bigint, string>()
  return async (): Promise<string> => {
    const isNew = ({ id }: { id: string | bigint }) => !known.has(id)
    const select = { id: true } as const
    const messageIds = (await prisma.message.findMany({ select })).filter(isNew).map(({ id }) => id)
    const eventIds = (await prisma.requestEvent.findMany({ select })).filter(isNew).map(({ id }) => id)
    const messages = await prisma.message.findMany({ where: { id: { in: messageIds } } })
    const events = await prisma.requestEvent.findMany({ where: { id: { in: eventIds } } })
    for (const { id, text, file } of messages)
      known.set(id, opened(text, `messages.text.${id}`) + opened(file, `messages.file.${id}`))
    for (const { id, requestId, text, file } of events)
      known.set(
        id,
        opened(text, `request_events.text.${requestId}`) + opened(file, `request_events.file.${requestId}`),
      )
    const drafts = await prisma.draft.findMany()
    const requests = await prisma.request.findMany()
    return [
      ...known.values(),
      ...drafts.map(({ personId, answers }) => opened(answers, `drafts.answers.${personId}`)),
      ...requests.map(({ id, answers }) => opened(answers, `requests.answers.${id}`)),
    ].join('\n')
  }
}

/** Says that something was not taken, or is not passed on yet. */
const told =
  /⚠️|не отправлен|передать не может|Это никому не отправлено|Передать это специалистам|только здесь|Не отправлено|^Хорошо|^Пожалуйста|was not sent|cannot pass on|sent to nobody|Pass this on|only here|not kept|^You are welcome|^Good|^All right/m

const commands = [
  '/menu',
  '/help',
  '/status',
  '/settings',
  '/language',
  '/messages',
  '/visits',
  '/plan',
] as const
/** Buttons that end what is under way, or answer for good. */
const final = /\.(yes|no|refuse|submit|withdraw|agree|full)\./

const wander = async (chat: Chat, dice: Dice) => {
  if (dice.chance(0.3)) return chat.say(dice.pick(commands) ?? '/menu')
  const ways = chat.buttons(chat.card()).filter(({ callback_data = '' }) => !final.test(callback_data))
  const way = dice.pick(ways)
  if (way?.callback_data) await chat.byHand(way.callback_data)
}

const expectTold = (chat: Chat, sent: readonly Sent[], kept: string) => {
  const wanted = sent.filter(({ answered }) => answered)
  for (const { what, messageId, marker } of wanted) {
    const after = chat.messages().filter(({ by, message_id }) => by === 'bot' && message_id > messageId)
    const words = after.map(({ text, caption }) => text ?? caption ?? '').join('\n')
    const among = `${what} among ${sent.map((one) => one.what).join(', ')}`
    expect(after.length, `${among}: an answer below it`).toBeGreaterThan(0)
    if (marker !== null && kept.includes(marker)) continue
    if (marker === null && what === 'sticker' && /^✓/m.test(words)) continue
    expect(words, `${among}, of ${chat.id}: it is not kept, so that is said`).toMatch(told)
  }
  // Nothing is said to be sent that was not.
  const last = chat.text()
  const markers = wanted.flatMap(({ marker }) => marker ?? [])
  if (/^✓ (Отправлено|Записано в)/.test(last) && markers.length > 0 && markers.length === wanted.length)
    expect(
      markers.some((marker) => kept.includes(marker)),
      last,
    ).toBe(true)
}

/** Whoever has hidden the chat comes back with the word: what was written meanwhile is offered then. */
const comeBack = async (chat: Chat) => {
  const last = chat.messages().findLast(({ by }) => by === 'bot')
  if (last?.text === 'Здесь пока ничего нет.') await chat.say('погода')
}

test(`nothing that anybody sends is dropped without their being told (seed ${seed})`, {
  timeout: steps * 300 + 120_000,
}, async () => {
  const { world, member } = await openWithFamily()
  const keptIn = createKept(world)
  const dice = createDice(seed)
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  await world.staff('Анна', ['leninsky'])
  const [petr, vera, nobody] = [world.person(), world.person(), world.person()]
  await submitAsParent(petr)
  await vera.play(upTo(parentAnswers(), 'question.circumstances'))
  await nobody.say('/start')
  const people = [olga, dasha, petr, vera, nobody].map((chat) => ({ chat, say: createSayer(chat, dice) }))

  for (let step = 0; step < steps; ) {
    const { chat, say } = dice.pick(people) ?? { chat: olga, say: createSayer(olga, dice) }
    if (dice.chance(0.5)) await wander(chat, dice)
    if (dice.chance(0.2)) world.clock.forward(dice.below(90_000))
    const sent: Sent[] = []
    const burst = 1 + dice.below(4)
    for (let one = 0; one < burst; one += 1) {
      sent.push(say())
      if (dice.chance(0.3)) await chat.settle()
    }
    await chat.settle()
    await comeBack(chat)
    expectTold(chat, sent, await keptIn())
    step += burst
  }
})
