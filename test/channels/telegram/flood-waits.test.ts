import { describe, expect, test } from 'vitest'
import { createFloodWaits } from '#channels/telegram/flood-waits.ts'

const open = () => {
  let ms = Date.parse('2026-11-24T09:00:00Z')
  const waits = createFloodWaits({ now: () => new Date(ms) })
  const pass = (seconds: number) => {
    ms += seconds * 1000
  }
  return { waits, pass }
}

const [anna, boris, vera, gleb] = [1, 2, 3, 4] as const
const calm = { urgent: false }

describe('a flood wait', () => {
  test('belongs to its chat, whatever its length', () => {
    const { waits, pass } = open()
    waits.refused(anna, 10_072)
    expect(waits.enter(anna)).toBe(60)
    expect(waits.enter(boris)).toBe(0)
    waits.accepted(boris)
    pass(10_071)
    expect(waits.enter(anna)).toBe(1)
    pass(1)
    expect(waits.enter(anna)).toBe(0)
  })

  test('doubles for a chat that keeps refusing, up to an hour, and is forgotten once it accepts', () => {
    const { waits, pass } = open()
    const tries: number[] = []
    for (let round = 0; round < 14; round += 1) {
      waits.refused(anna, 1)
      // Another call that was under way at the same time.
      waits.refused(anna, 1)
      let seconds = 0
      for (let left = waits.enter(anna); left > 0; left = waits.enter(anna)) {
        seconds += left
        pass(left)
      }
      tries.push(seconds)
    }
    expect(tries).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600])
    waits.accepted(anna)
    waits.refused(anna, 1)
    expect(waits.enter(anna)).toBe(1)
  })

  test('of three chats in a row is the bot’s: probed with one message within a minute, open once it is accepted', () => {
    const { waits, pass } = open()
    for (const chat of [anna, boris, vera]) waits.refused(chat, 10_072)
    expect(waits.enter(gleb)).toBe(60)
    pass(60)
    expect(waits.enter(gleb)).toBe(0)
    expect(waits.enter(boris)).toBe(5)
    waits.refused(gleb, 9_000)
    expect(waits.enter(boris)).toBe(60)
    pass(60)
    // The suspects were refused because of the bot: one of them may be the probe.
    expect(waits.enter(boris)).toBe(0)
    waits.accepted(boris)
    for (const chat of [anna, boris, vera]) expect(waits.enter(chat)).toBe(0)
  })

  test('of chats between which others accept stays theirs', () => {
    const { waits } = open()
    for (const chat of [anna, boris, vera]) {
      waits.refused(chat, 100)
      waits.accepted(gleb)
    }
    expect(waits.enter(gleb)).toBe(0)
    expect(waits.enter(vera)).toBe(60)
  })

  test('of the bot ends first for what is urgent; the rest follows in a row', () => {
    const { waits } = open()
    for (const chat of [anna, boris, vera]) waits.refused(chat, 30)
    const left = [calm, calm, { urgent: true }].map(({ urgent }) => waits.left(gleb, urgent))
    expect(left).toEqual([31.04, 31.08, 30])
  })
})
