import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'

const secretsSchema = z.array(z.strictObject({ secret: z.string(), expiresAt: z.iso.datetime().optional() }))

/** Newest first; an older secret carries the time at which it expires. */
export type Secrets = z.infer<typeof secretsSchema>

const rotationMs = 24 * 60 * 60 * 1000
/** Each secret adds a signature of about 50 characters to a header. */
const mostAtOnce = 5

/** In the format of Standard Webhooks: `whsec_` and the base64 of 32 random bytes. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const place = (endpointId: string) => `webhook_endpoints.secrets.${endpointId}`

export const sealSecrets = (sealer: Sealer, endpointId: string, secrets: Secrets): string =>
  sealer.sealJson(secrets, place(endpointId))

export const openSecrets = (sealer: Sealer, endpointId: string, sealed: string): Secrets =>
  secretsSchema.parse(sealer.openJson(sealed, place(endpointId)))

/** The secrets that sign now, newest first. */
export const secretsInForce = (secrets: Secrets, now: Date): string[] =>
  secrets
    .filter(({ expiresAt }) => expiresAt === undefined || new Date(expiresAt) > now)
    .map(({ secret }) => secret)

/** Adds a new secret in front; earlier ones keep signing for 24 h, so that a receiver can switch over. */
export const rotated = (secrets: Secrets, secret: string, now: Date): Secrets => {
  const end = new Date(now.getTime() + rotationMs).toISOString()
  const older = secrets
    .filter(({ expiresAt }) => expiresAt === undefined || new Date(expiresAt) > now)
    .map((one) => ({ secret: one.secret, expiresAt: one.expiresAt ?? end }))
  return [{ secret }, ...older].slice(0, mostAtOnce)
}
