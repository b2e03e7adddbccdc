import { describe, expect, test } from 'vitest'
import { openContent } from '#features/requests/request-content.ts'
import { parentAnswers, upTo } from '../support/intake.ts'
import { onServer, openOutside, sealer } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'

const untilOwnWords = upTo(parentAnswers(), 'question.ownWords')

describe.runIf(onServer)('taps and messages are two queues', () => {
  test('text that comes before a redelivered tap answers no question, and is kept', async () => {
    const world = await openOutside({ mode: 'webhook' })
    let instance = await world.start()
    world.board.route = () => (instance.alive() ? instance.port : null)
    const olga = world.person()
    await olga.play([...untilOwnWords])
    olga.sees('question.ownWords')

    // «Skip» is committed and shows the next question; the process dies before the call returns.
    const drawn = world.telegram.events
      .next(({ type }) => type === 'edited', 10_000)
      .then(() => instance.kill())
    const card = olga.card()
    const skip = olga.buttons(card).find(({ text }) => text === 'Пропустить')
    void world.telegram.tap(olga.id, card.message_id, skip?.callback_data ?? '')
    await drawn
    olga.sees('question.danger')
    world.telegram.sendText(olga.id, 'Ольга')

    // After the restart the message happens to be delivered first.
    const read = Promise.withResolvers<void>()
    instance = await world.start()
    world.board.route = async (update) => {
      if ('callback_query' in update) await read.promise
      return instance.port
    }
    await expect.poll(() => world.telegram.undelivered(olga.id).size, { timeout: 30_000 }).toBe(0)
    read.resolve()
    await olga.settle()
    world.board.route = () => instance.port
    // Nobody knows which question it was meant for: it is kept, that is said, and the question stays.
    expect(olga.allText()).toMatch(/✓ Записано в ваш рассказ/)
    olga.sees('question.danger')
    await submitPatiently(olga)
    const row = await world.database.prisma.request.findFirstOrThrow()
    const { ownWords } = openContent(sealer, row as unknown as Parameters<typeof openContent>[1])
    expect(ownWords).toBe('Ольга')
  }, 90_000)
})
