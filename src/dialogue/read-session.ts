import { sessionSchema } from './screens.ts'
import { newSession, type Session } from './session.ts'

/** A session as it was kept, or a new one where it is missing, old or damaged. */
export const readSession = (kept: unknown): Session => {
  const parsed = sessionSchema.safeParse(kept)
  return parsed.success ? parsed.data : newSession()
}
