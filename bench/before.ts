/**
 * What commit 962d157 did, on the same machine: 2 cores, Node 24.21, PostgreSQL 15, Redis 7, November 2026. Figures of the
 * hot path are medians of three rounds of `npm run bench`, the others of `npm start` and of `node src/main.ts`.
 */
export const before = {
  /** Processor time of one update, µs. */
  microseconds: { bare: 490, scenes: 689, conversations: 1780, ours: 2129 },
  loadMiB: '626–672',
  transactionsPerSecond: 35,
  idleCpuPercent: 1.7,
  firstStartSeconds: 8.4,
} as const
