/** One aim: the measured value beside its limit. */
export type Verdict = {
  held: boolean
  what: string
  figure: string
  limit: string
  /** The value of commit 962d157. */
  before?: string
}

export const atMost = (
  what: string,
  value: number,
  {
    limit,
    unit,
    digits = 0,
    before,
  }: { limit: number; unit: string; digits?: number; before?: number | string },
): Verdict => {
  const withUnit = (figure: number | string) => (unit === '' ? `${figure}` : `${figure} ${unit}`)
  return {
    held: value <= limit,
    what,
    figure: withUnit(value.toFixed(digits)),
    limit: `≤ ${withUnit(limit)}`,
    ...(before !== undefined && { before: withUnit(before) }),
  }
}

/** A verdict line printed by another bench. */
export const judged = (what: string, line: string): Verdict => ({
  held: line.startsWith('✓'),
  what,
  figure: line.replace(/^[✓✗]\s*/, ''),
  limit: '',
})

export const page = (verdicts: readonly Verdict[]): string => {
  const width = (pick: (verdict: Verdict) => string) =>
    Math.max(...verdicts.filter(({ limit }) => limit !== '').map((verdict) => pick(verdict).length), 8)
  const [what, figure, limit] = [
    width((one) => one.what),
    width((one) => one.figure),
    width((one) => one.limit),
  ]
  const head = `  ${''.padEnd(what)}  ${'now'.padStart(figure)}  ${'aim'.padEnd(limit)}  962d157`
  const lines = verdicts.map((one) => {
    const mark = one.held ? '✓' : '✗'
    if (one.limit === '') return `${mark} ${one.what.padEnd(what)}  ${one.figure}`
    return `${mark} ${one.what.padEnd(what)}  ${one.figure.padStart(figure)}  ${one.limit.padEnd(limit)}  ${one.before ?? ''}`.trimEnd()
  })
  return [head, ...lines].join('\n')
}
