// Loaded before the product's own `main.ts`: its clock goes on from where the test's clock stands.
import { systemClock } from '#core/clock.ts'

const shift = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0)
systemClock.now = () => new Date(Date.now() + shift)
