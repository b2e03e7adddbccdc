import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  passkeysOf,
  takeChallenge,
  usePasskey,
} from '#storage/console/ways-in.ts'
import type { Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { challengeIn } from './challenges.ts'

// Passkeys: keys that a device keeps for this very address, unlocked by a finger, a face or the device's PIN.

export const mostPasskeys = 10
export const longestPasskeyName = 60

const coded = z.string().regex(/^[\w-]{1,16384}$/)
const answered = {
  id: coded,
  rawId: coded,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
}
const parsed = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom' })
    return z.NEVER
  }
}

/** What a browser answers with an existing passkey: JSON in a field of a form. */
export const passkeyAnswer = z
  .string()
  .max(32_768)
  .transform(parsed)
  .pipe(
    z.object({
      ...answered,
      response: z.object({
        clientDataJSON: coded,
        authenticatorData: coded,
        signature: coded,
        userHandle: coded.nullish().transform((handle) => handle ?? undefined),
      }),
    }),
  )

/** The same of a new passkey. */
export const newPasskeyAnswer = z
  .string()
  .max(65_536)
  .transform(parsed)
  .pipe(
    z.object({
      ...answered,
      response: z.object({
        clientDataJSON: coded,
        attestationObject: coded,
        transports: z.array(z.string().max(20)).max(10).default([]),
      }),
    }),
  )

/** The site that a passkey belongs to. */
export type Site = { origin: string }

const siteOf = ({ origin }: Site) => ({ expectedOrigin: origin, expectedRPID: new URL(origin).hostname })

/** Whether browsers let a page of this address use passkeys: over https or on this machine, under a name. */
export const hasPasskeys = ({ origin }: Site): boolean => {
  const { protocol, hostname } = new URL(origin)
  if (/^[\d.]+$|^\[/.test(hostname)) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** 27 MiB of code that reads all formats of certificates: loaded when somebody has a passkey. */
const webauthn = () => import('@simplewebauthn/server')

type Asked = { sealer: Sealer; site: Site; now: Date }

/** The member whose passkey has answered; null if the answer is not valid. A challenge is answered once. */
export const memberByPasskey = async (
  tx: Tx,
  { sealer, site, now }: Asked,
  answer: z.output<typeof passkeyAnswer>,
): Promise<string | null> => {
  const passkey = await findPasskey(tx, answer.id)
  const challenge = challengeOf(answer)
  const taken = challengeIn(sealer, challenge, { use: 'enter', now })
  if (!passkey || !taken) return null
  const { verifyAuthenticationResponse } = await webauthn()
  const { id, credential, publicKey, counter } = passkey
  const verified = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    ...siteOf(site),
    credential: { id: credential, publicKey, counter: Number(counter) },
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified || !(await takeChallenge(tx, taken))) return null
  await usePasskey(tx, { id, counter: verified.authenticationInfo.newCounter, now })
  return passkey.staffId
}

/** Adds a passkey to those of a member. Audited. Throws `invalid-input` if the answer is not valid or there are enough. */
export const addPasskey = async (
  tx: Tx,
  { sealer, site, now }: Asked,
  { staffId, name, answer }: { staffId: string; name: string; answer: z.output<typeof newPasskeyAnswer> },
): Promise<void> => {
  const challenge = challengeOf(answer)
  const taken = challengeIn(sealer, challenge, { use: `add.${staffId}`, now })
  const refused = new DomainError('invalid-input', { field: 'answer' })
  if (!taken || (await passkeysOf(tx, staffId)).length >= mostPasskeys) throw refused
  const { verifyRegistrationResponse } = await webauthn()
  const { registrationInfo } = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    ...siteOf(site),
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo || !(await takeChallenge(tx, taken))) throw refused
  const { id: credential, publicKey, counter } = registrationInfo.credential
  const key = { credential, publicKey: new Uint8Array(publicKey), counter: BigInt(counter) }
  if (!(await insertPasskey(tx, { staffId, name, createdAt: now, ...key }))) throw refused
  await addAudit(tx, { at: now, action: 'console.passkey-added', staffId })
}

/** Audited. Throws `not-found` if the member has no such passkey. */
export const removePasskey = async (
  tx: Tx,
  { id, staffId, now }: { id: string; staffId: string; now: Date },
): Promise<void> => {
  if (!(await deletePasskey(tx, { id, staffId }))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'console.passkey-removed', staffId })
}

const clientData = z.object({ challenge: z.string() })

/** The challenge that an answer names; what it signs is compared with it. */
const challengeOf = ({ response }: { response: { clientDataJSON: string } }): string => {
  const text = Buffer.from(response.clientDataJSON, 'base64url').toString()
  const read = z.string().transform(parsed).pipe(clientData).safeParse(text)
  return read.success ? read.data.challenge : ''
}
