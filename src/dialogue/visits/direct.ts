import { z } from 'zod'
import type { Turn } from '#dialogue/screen.ts'

/** Opened in the middle of something else, to which Back leads. */
export const direct = z.literal(true).optional()

export const directIn = ({ midway }: Turn): { direct?: true } => (midway ? { direct: true } : {})
