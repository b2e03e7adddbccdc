import { randomInt } from 'node:crypto'

/** How many digits whoever comes says at the door. */
const digits = 4

/**
 * A code for one visit: evenly drawn by the operating system's generator, never the visit's `previous` one, and none
 * that somebody at the door would try first.
 */
export const newDoorCode = (previous?: string): string => {
  for (;;) {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0')
    if (code !== previous && !isGuessable(code)) return code
  }
}

/** One digit all over, two pairs, digits in a row up or down, or a year of somebody's life: what people try first. */
export const isGuessable = (code: string): boolean => {
  const steps = [...code].slice(1).map((digit, index) => (Number(digit) - Number(code[index]) + 10) % 10)
  const even = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0)
  return even || /^(\d)(\d)(?:\1\2|\2\1)$|^(\d)\3(\d)\4$/.test(code) || /^(?:19|20)\d\d$/.test(code)
}
