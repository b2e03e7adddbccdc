import { runInThread } from '#core/in-thread.ts'
import { allInKindWords } from '#core/withheld.ts'
import { sha256 } from '#core/ids.ts'
import type { Say } from '#core/text.ts'
import { type Paper, type PlanPdfFacts, paperOf } from './page-layout.ts'

export type PlanPdf = {
  /** Identifies the exact content. */
  key: string
  fileName: string
  content: () => Promise<Uint8Array>
}

/** The plan as a PDF (A4) for a reader. Deterministic: the same content gives the same bytes. */
export const planPdf = (say: Say, facts: PlanPdfFacts): PlanPdf => {
  const { family, plan } = facts
  const paper = paperOf(say, facts)
  return {
    key: `plan-pdf.${sha256(JSON.stringify(paper))}`,
    fileName: say.label('planPdf.fileName', { number: family.number, version: plan.number }),
    content: () => drawPdf(paper, say),
  }
}

let before: Promise<unknown> = Promise.resolve()

/** A long paper takes seconds of CPU time, so PDFs are drawn one at a time in a worker thread. */
export const drawPdf = (paper: Paper, say: Pick<Say, 'label'>): Promise<Uint8Array> => {
  const work = { data: allInKindWords(say, paper), memoryMb: 256, timeoutMs: 60_000 }
  const drawing = before.then(() =>
    runInThread<Uint8Array>(new URL('./pdf-worker.ts', import.meta.url), work),
  )
  before = Promise.allSettled([drawing])
  return drawing
}
