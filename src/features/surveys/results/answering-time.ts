/** The time of a set is counted in steps; whoever took longer, or came back on another day, took ten minutes. */
export const secondsPerStep = 10
export const stepsAtMost = 60
