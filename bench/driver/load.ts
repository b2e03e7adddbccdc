import type { Crowd, Person } from './people.ts'

export type Closed = { updatesPerSecond: number }
export type Open = {
  offered: number
  answered: number
  p50: number
  p95: number
  p99: number
  latest: number
}

/** Closed loop: every person acts as soon as the previous update is answered, which measures maximum throughput. */
export const closedLoop = async (crowd: Crowd, people: Person[], seconds: number): Promise<Closed> => {
  let answered = 0
  const started = performance.now()
  const until = started + seconds * 1000
  const live = async (person: Person) => {
    while (performance.now() < until) {
      const { drawn } = await crowd.act(person)
      // Answers after the end are not counted, nor are those that draw nothing.
      if (drawn && performance.now() <= until) answered++
    }
  }
  await Promise.all(people.map(live))
  return { updatesPerSecond: answered / seconds }
}

/**
 * Open loop: updates arrive as a Poisson process, whether or not earlier ones are answered, and latency is measured
 * from the due time, so a stall cannot slow the load down and hide itself (no coordinated omission). No person has
 * two updates in flight: if all are waiting, a new person joins.
 */
export const openLoop = async (
  crowd: Crowd,
  people: Person[],
  rate: number,
  seconds: number,
): Promise<Open> => {
  const latencies: number[] = []
  const pending = new Set<Promise<void>>()
  const idle = [...people]
  let offered = 0
  const started = performance.now()
  const until = started + seconds * 1000

  const arrive = async (due: number) => {
    offered++
    // Anyone, not whoever waits longest: in a fixed order they would go on in step.
    const [person = crowd.newPerson()] = idle.splice(Math.floor(Math.random() * idle.length), 1)
    const { milliseconds } = await crowd.act(person, due)
    latencies.push(milliseconds)
    idle.push(person)
  }

  let due = started + interval(rate)
  while (due < until) {
    const now = performance.now()
    for (; due <= now && due < until; due += interval(rate)) {
      const one = arrive(due).finally(() => pending.delete(one))
      pending.add(one)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(pending)
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
  return {
    offered: offered / seconds,
    answered: latencies.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    latest: at(1),
  }
}

/** Milliseconds until the next arrival. */
const interval = (rate: number): number => (-Math.log(1 - Math.random()) / rate) * 1000
