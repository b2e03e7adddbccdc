// Loaded before the product's own `main.ts`: its clock goes on from where the test's clock stands.
import { flushCompileCache } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#core/clock.ts'

const shift = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0)
systemClock.now = () => new Date(Date.now() + shift)

// Node keeps what it compiled when a process ends; most of these are killed.
void pause(3_000, undefined, { ref: false }).then(() => flushCompileCache())
