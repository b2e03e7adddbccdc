import { type Contestant, contestants } from './options.ts'
import type { Result, Running } from './rounds.ts'

export type Row = Result & {
  name: Contestant
  residentMiB: number
  refused: number
  finished: number
  undrawn: number
}

const titles: Record<Contestant, string> = {
  limit: '(a) with a leaner HTTP client',
  bare: '(a) bare grammY',
  conversations: '(b) conversations + PostgreSQL',
  scenes: '(c) Telegraf scenes + Redis',
  ours: 'Ryadom',
}
const latencyAimMs = 50
/** A single-threaded bot at its maximum uses nearly a full core. */
const busyCore = 0.75

/** Medians over the rounds; memory at the end. */
export const rowOf = (running: Running): Row => {
  const of = (key: keyof Result) => median(running.results.map((result) => result[key]))
  return {
    name: running.name,
    updatesPerSecond: of('updatesPerSecond'),
    p50: of('p50'),
    p99: of('p99'),
    microseconds: of('microseconds'),
    botCpu: of('botCpu'),
    driverCpu: of('driverCpu'),
    callsPerUpdate: of('callsPerUpdate'),
    residentMiB: running.bot.residentMiB(),
    ...running.crowd.figures,
  }
}

export const table = (rows: Row[]): string => {
  const head = [
    '',
    'updates/s',
    'p50 ms',
    'p99 ms',
    'RSS MiB',
    'calls/update',
    'CPU µs/update',
    'CPU bot',
    'CPU driver',
    'finished',
    'not 200',
    'undrawn',
  ]
  const lines = rows.map((row) => [
    titles[row.name],
    row.updatesPerSecond.toFixed(0),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.residentMiB.toFixed(0),
    row.callsPerUpdate.toFixed(2),
    row.microseconds.toFixed(0),
    `${(row.botCpu * 100).toFixed(0)} %`,
    `${(row.driverCpu * 100).toFixed(0)} %`,
    `${row.finished}`,
    `${row.refused}`,
    `${row.undrawn}`,
  ])
  const widths = head.map((title, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? title.length)),
  )
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** The product's figures beside the aims; empty if it did not run. */
export const aims = (rows: Row[]): string => {
  const found = (name: Contestant) => rows.find((row) => row.name === name)
  const ours = found('ours')
  if (!ours) return ''
  const ratio = (name: Contestant, aim: number) => {
    const other = found(name)
    if (!other) return []
    const value = ours.updatesPerSecond / other.updatesPerSecond
    const byCpu = other.microseconds / ours.microseconds
    return [
      `${value >= aim ? '✓' : '✗'} ours / ${titles[name]}: ${value.toFixed(2)} (aim ≥ ${aim}; by processor time ${byCpu.toFixed(2)})`,
    ]
  }
  return [
    ...ratio('bare', 0.5),
    ...ratio('limit', 0.5),
    ...ratio('conversations', 2),
    ...ratio('scenes', 1),
    `${ours.p99 <= latencyAimMs ? '✓' : '✗'} p99 at half of own maximum: ${ours.p99.toFixed(1)} ms (aim ≤ ${latencyAimMs} ms)`,
  ].join('\n')
}

/** Warns if a figure reflects the driver instead of the bot, or does not reflect finished work. */
export const doubts = (rows: Row[]): string[] =>
  rows.flatMap((row) => [
    ...(row.botCpu < busyCore
      ? [
          `${titles[row.name]}: had ${(row.botCpu * 100).toFixed(0)} % of a core; it waited, or the machine was busy with something else`,
        ]
      : []),
    ...(row.driverCpu > row.botCpu
      ? [`${titles[row.name]}: the driver used more processor time than the bot`]
      : []),
    ...(row.refused > 0 ? [`${titles[row.name]}: ${row.refused} webhooks were not answered with 200`] : []),
    ...(row.undrawn > 0
      ? [`${titles[row.name]}: ${row.undrawn} updates after which nothing was drawn before the 200`]
      : []),
  ])

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The order of the table, whatever order was requested. */
export const inOrder = (names: Contestant[]): Contestant[] =>
  contestants.filter((name) => names.includes(name))
