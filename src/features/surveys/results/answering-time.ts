/** Answering time is counted in steps; longer times, or answers on another day, count as ten minutes. */
export const secondsPerStep = 10
export const stepsAtMost = 60
