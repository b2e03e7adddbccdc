import { type NetworkFault, networkFault } from '#core/network-faults.ts'

/** Why the database does not let the app work with it. */
export type ConnectionFault =
  | NetworkFault
  | 'user-refused'
  /** pg_hba.conf, or TLS is required. */
  | 'not-admitted'
  | 'no-database'
  /** A connection pooler that takes no startup parameters. */
  | 'startup-parameter'
  | 'too-many-connections'
  | 'starting'

const ofState: Record<string, ConnectionFault> = {
  '28P01': 'user-refused',
  '28000': 'not-admitted',
  '3D000': 'no-database',
  '53300': 'too-many-connections',
  '57P03': 'starting',
}

/** Classifies a failed connection; null if it is none, or an unknown one. */
export const connectionFault = (error: unknown): ConnectionFault | null => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  // PgBouncer says so with a code for protocol errors only.
  if (code === '08P01' && /startup parameter/.test(String(message))) return 'startup-parameter'
  return ofState[String(code)] ?? networkFault(error)
}

/** Those that waiting does not mend. */
const final: ReadonlySet<ConnectionFault | null> = new Set([
  'user-refused',
  'not-admitted',
  'no-database',
  'startup-parameter',
  'certificate',
  'no-tls',
])

export const isFinalFault = (error: unknown): boolean => final.has(connectionFault(error))
