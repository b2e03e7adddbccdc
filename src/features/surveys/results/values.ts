// What `survey_tallies.value` says besides a number that was answered or the place of an option.

export const passedOver = -1
/** Counted once of an answer to `many`, however much was chosen. */
export const someChosen = -2
/** The time of a set is counted in steps; whoever came back on another day took an hour. */
export const secondsPerStep = 10
export const stepsAtMost = 360
