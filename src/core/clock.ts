/** Where the time comes from; tests move it, the product never does. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
