import { expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { type Act, ownActs } from '#test/support/lives/acts.ts'
import { actsAbout, type CentreAct, centreActs } from '#test/support/lives/centre-acts.ts'
import { expectHolds, expectNothingLeft } from '#test/support/lives/holds.ts'
import { type Life, standOf } from '#test/support/lives/life.ts'
import { lookAround } from '#test/support/lives/looks.ts'
import { type Lives, openLives } from '#test/support/lives/open-lives.ts'

/** Set LIVES_SEED to repeat a run, LIVES_STEPS for a longer one. */
const seed = seedFrom('LIVES_SEED')
const steps = effort('LIVES_STEPS', { check: 40, full: 400 })
/** How often everything that staff and family can open is opened. */
const look = 13

type Step = { name: string; weight: number; run: () => Promise<void> }

const nextSteps = async (lives: Lives, life: Life): Promise<Step[]> => {
  const stand = await standOf(lives, life)
  const own = [...ownActs, ...actsAbout].filter((act: Act) => act.may(stand, life))
  return [
    ...own.map(({ name, weight, run }) => ({
      ...{ name: `${life.called}: ${name}`, weight },
      run: () => run(lives, life, stand),
    })),
    ...centreActs.map(({ name, weight, run }: CentreAct) => ({
      ...{ name, weight: weight / 2 },
      run: () => run(lives),
    })),
  ]
}

test(`whatever a family and the centre do, each keeps what is theirs and nothing is left of who was erased (seed ${seed})`, {
  timeout: 900_000,
}, async () => {
  const lives = await openLives()
  const dice = createDice(seed)
  const done: string[] = []
  try {
    for (let step = 0; step < steps; step += 1) {
      const life = dice.pick(lives.people)
      if (!life) throw new Error('nobody lives')
      const possible = await nextSteps(lives, life)
      const next = dice.oneOf(possible.map((one) => [one.weight, () => one] as const))
      done.push(`${step}. ${next.name}`)
      await next.run()
      await expectHolds(lives)
      if (step % look === look - 1) await lookAround(lives)
    }
  } catch (error) {
    throw new Error(`LIVES_SEED=${seed}, lately:\n${done.slice(-15).join('\n')}`, { cause: error })
  }
  await expectNothingLeft(lives)
  // A run in which nothing happens would prove nothing.
  const { prisma } = lives.world.database
  const happened = [
    await prisma.destructionAct.count(),
    await prisma.message.count(),
    await prisma.request.count(),
  ]
  expect(Math.min(...happened), `erasures, messages, requests: ${happened}`).toBeGreaterThan(0)
})
