// The hours of a day as rows: a quarter of an hour each, from seven to nine in the evening. What is earlier or later stands at the edge,
// and says its own hour. A page has no styles of its own, so each row has a class.

export const firstHour = 7
export const lastHour = 21
export const quarters = (lastHour - firstHour) * 4

/** Where a visit stands, from 0, and how many rows it takes. Pure. */
export const rowsOf = (
  startsAt: { hour: number; minute: number },
  minutes: number,
): { row: number; span: number } => {
  const from = Math.floor(((startsAt.hour - firstHour) * 60 + startsAt.minute) / 15)
  const row = Math.min(Math.max(from, 0), quarters - 2)
  const span = Math.min(Math.max(Math.ceil(minutes / 15), 2), quarters - row)
  return { row, span }
}

/** The rules of those classes: `.q0` begins at seven, `.s4` lasts an hour. */
export const hourRules = (): string => {
  const all = Array.from({ length: quarters }, (_, index) => index)
  const rows = all.map((row) => `.q${row} { grid-row-start: ${row + 1}; }`)
  const spans = all.map((span) => `.s${span + 1} { grid-row-end: span ${span + 1}; }`)
  return `@media (min-width: 900px) {\n${[...rows, ...spans].join('\n')}\n}`
}
