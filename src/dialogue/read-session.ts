import { sessionSchema } from './screens.ts'
import { newSession, type Session } from './session.ts'

/** Parses a stored session. Returns a new one if it is missing, of another version or damaged. */
export const readSession = (kept: unknown): Session => {
  const parsed = sessionSchema.safeParse(kept)
  return parsed.success ? parsed.data : newSession()
}
