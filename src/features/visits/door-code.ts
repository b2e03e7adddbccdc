import { randomInt } from 'node:crypto'

/** Number of digits that the visitor says at the door. */
const digits = 4

/**
 * Generates a door code for a visit: uniformly random, from the operating system's generator, different from
 * `previous`, and not one that an impostor would try first.
 */
export const newDoorCode = (previous?: string): string => {
  for (;;) {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0')
    if (code !== previous && !isGuessable(code)) return code
  }
}

/** Repeated digits, pairs, sequences and years: the first guesses of an impostor. */
export const isGuessable = (code: string): boolean => {
  const steps = [...code].slice(1).map((digit, index) => (Number(digit) - Number(code[index]) + 10) % 10)
  const even = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0)
  return even || /^(\d)(\d)(?:\1\2|\2\1)$|^(\d)\3(\d)\4$/.test(code) || /^(?:19|20)\d\d$/.test(code)
}
