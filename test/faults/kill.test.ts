import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice, type Dice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import type { Chat } from '../support/chat.ts'
import type { Instance } from '../support/instances.ts'
import { type Outside, onServer, openOutside, sealer } from '../support/outside.ts'
import { expectOneRequest, expectTruth, submitPatiently } from '../support/patient.ts'

/** How often the process dies in each way of receiving. */
const kills = effort('KILLS', { check: 1, full: 25 })
const seed = seedFrom('KILLS_SEED')
const longestDelayMs = 250
/** The first kill: in the check one way of receiving dies at the worst moment, and the other at any. */
const firstRound = { webhook: 1, polling: 0 }

/** In how long a call to Telegram must come while somebody fills in a request. */
const longestSilenceMs = 40_000

/** Kills at any moment, or at the worst: a call to Telegram has taken effect, and nobody has heard of it yet. */
const killSometime = async (
  world: Outside,
  instance: Instance,
  round: number,
  dice: Dice,
): Promise<string> => {
  if (round % 2 === 0) {
    const ms = dice.below(longestDelayMs)
    await pause(ms)
    await instance.kill()
    return `after ${ms} ms`
  }
  let left = 1 + dice.below(6)
  await new Promise<void>((resolve, reject) => {
    const silence = setTimeout(() => {
      off()
      reject(new Error(`no call to Telegram in ${longestSilenceMs} ms: ${world.lines.slice(-15).join('\n')}`))
    }, longestSilenceMs)
    const off = world.telegram.events.on(({ type }) => {
      if (type !== 'message' && type !== 'edited' && type !== 'callback-answer') return
      left -= 1
      if (left > 0) return
      off()
      clearTimeout(silence)
      resolve(instance.kill())
    })
  })
  return 'as a call took effect'
}

describe.runIf(onServer)(`kill -9 at any point (seed ${seed})`, () => {
  test.each(['webhook', 'polling'] as const)(
    '(%s) loses nothing, doubles nothing, and nothing told is untrue',
    async (mode) => {
      const dice = createDice(seed)
      const world = await openOutside({ mode })
      const jobs = await missHeartbeatsSoon(world.database)
      let instance = await world.start()
      world.board.route = () => (instance.alive() ? instance.port : null)
      const anna = await world.staff('Анна', ['leninsky'])
      const people: Chat[] = []
      const submitted: Chat[] = []
      const history: string[] = []
      let killing = true

      const playing = (async () => {
        while (killing) {
          const chat = world.person({ phone: `+7900${String(1_000_000 + people.length)}` })
          people.push(chat)
          await submitPatiently(chat)
          submitted.push(chat)
        }
      })().catch((error: unknown) => error)
      for (let round = 0; round < kills; round += 1) {
        // A person who could not go on ends the test with their reason, not with its time.
        const stuck = playing.then((error) => Promise.reject(error))
        history.push(
          await Promise.race([killSometime(world, instance, firstRound[mode] + round, dice), stuck]),
        )
        await expectTruth(world.database, people)
        await jobs.allMissed()
        instance = await world.start()
      }
      killing = false
      expect(await playing, `after the kills: ${history.join(', ')}`).toBeUndefined()

      expect(submitted.length).toBeGreaterThan(0)
      for (const chat of submitted) await expectOneRequest(world.database, sealer, chat)
      expect(await world.database.prisma.request.count()).toBe(submitted.length)
      await expectTruth(world.database, people)
      // A card that was under way when its worker died comes again once its heartbeat is missed.
      const numbers = (await world.database.prisma.request.findMany()).map(({ number }) => number)
      await expect
        .poll(() => numbers.filter((number) => !anna.allText().includes(number)), { timeout: 60_000 })
        .toEqual([])
    },
    90_000 + kills * 8_000,
  )
})
