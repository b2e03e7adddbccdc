import { sha256 } from '#core/ids.ts'
import { toPng } from '#core/png.ts'
import { drawFaces } from './faces.ts'

export type FacesPicture = {
  /** Identifies the exact picture. */
  key: string
  /** PNG, 1,000 points wide. */
  content: () => Promise<Uint8Array>
}

/** The five steps of a scale as faces, for readers who find faces easier than words. */
export const facesPicture = (words: readonly string[]): FacesPicture => {
  const svg = drawFaces({ words })
  return { key: `survey-faces.${sha256(svg)}`, content: () => toPng(svg) }
}
