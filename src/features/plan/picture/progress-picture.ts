import { sha256 } from '#core/ids.ts'
import { toPng } from '#core/png.ts'
import type { Say } from '#core/text.ts'
import type { Progress } from '../progress.ts'
import { drawProgress, type Mark, marks, type PictureFacts } from './draw-progress.ts'

export type ProgressPicture = {
  /** Identifies the exact picture. */
  key: string
  /** PNG, 1,000 pixels wide. */
  content: () => Promise<Uint8Array>
}

/** The progress of a plan as a picture in the reader's language: kinds of help and counts, without names. */
export const progressPicture = (progress: Progress, say: Say): ProgressPicture => {
  const svg = drawProgress(factsOf(progress, say))
  return { key: `plan-progress.${sha256(svg)}`, content: () => toPng(svg) }
}

const factsOf = (progress: Progress, say: Say): PictureFacts => {
  const { total, done, by, kinds } = progress
  const counts = new Map([...kinds.keys()].map((kind) => [kind, { done: 0, past: 0, week: 0, later: 0 }]))
  for (const mark of marks) {
    for (const { activity } of by[mark]) {
      const row = activity.status === 'cancelled' ? undefined : counts.get(activity.kind)
      if (row) row[mark] += 1
    }
  }
  const thisWeek = [...counts.values()].reduce((sum, { week }) => sum + week, 0)
  return {
    title: say.label('planPicture.title', { done, total }),
    subtitle:
      thisWeek > 0 ? say.label('planPicture.week', { count: thisWeek }) : say.label('planPicture.noWeek'),
    rows: [...counts].map(([kind, row]) => ({
      label: say.label(`regions.shared.helpKinds.${kind}`),
      count: say.label('planPicture.of', { done: row.done, total: sumOf(row) }),
      marks: row,
    })),
    legend: {
      done: say.label('planPicture.done'),
      past: say.label('planPicture.past'),
      week: say.label('planPicture.thisWeek'),
      later: say.label('planPicture.later'),
    },
  }
}

const sumOf = (marks: Record<Mark, number>): number => Object.values(marks).reduce((sum, one) => sum + one, 0)
