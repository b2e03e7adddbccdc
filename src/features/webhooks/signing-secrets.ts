import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'

const secretsSchema = z.array(z.strictObject({ secret: z.string(), expiresAt: z.iso.datetime().optional() }))

/** The newest first; an older one, during a rotation, until when it signs. */
export type Secrets = z.infer<typeof secretsSchema>

const rotationMs = 24 * 60 * 60 * 1000
/** Each adds a signature of some 50 characters to a header. */
const mostAtOnce = 5

/** As Standard Webhooks write it: `whsec_` and the base64 of 32 random bytes. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const place = (endpointId: string) => `webhook_endpoints.secrets.${endpointId}`

export const sealSecrets = (sealer: Sealer, endpointId: string, secrets: Secrets): string =>
  sealer.sealJson(secrets, place(endpointId))

export const openSecrets = (sealer: Sealer, endpointId: string, sealed: string): Secrets =>
  secretsSchema.parse(sealer.openJson(sealed, place(endpointId)))

/** The secrets that sign now, the newest first. */
export const secretsInForce = (secrets: Secrets, now: Date): string[] =>
  secrets
    .filter(({ expiresAt }) => expiresAt === undefined || new Date(expiresAt) > now)
    .map(({ secret }) => secret)

/** Puts a new secret in front; whatever signed until now goes on for 24 h, so that a receiver can change over. */
export const rotated = (secrets: Secrets, secret: string, now: Date): Secrets => {
  const end = new Date(now.getTime() + rotationMs).toISOString()
  const older = secrets
    .filter(({ expiresAt }) => expiresAt === undefined || new Date(expiresAt) > now)
    .map((one) => ({ secret: one.secret, expiresAt: one.expiresAt ?? end }))
  return [{ secret }, ...older].slice(0, mostAtOnce)
}
