import { newId } from '#core/ids.ts'
import { checkAddress } from './ssrf-guard.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addEndpoint, listEndpoints, updateEndpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { sealSecrets } from './signing-secrets.ts'

/**
 * Subscribes the sandbox's own receiver to every event, once; updates the endpoint if its address or secret
 * has changed. It is the only endpoint without an API key.
 */
export const ensureSandboxEndpoint = async (
  database: Database,
  { sealer }: { sealer: Sealer },
  { url, secret, now }: { url: string; secret: string; now: Date },
): Promise<void> => {
  const { href } = await checkAddress(url, { allowLoopback: true })
  await database.transaction(async (tx) => {
    const present = (await listEndpoints(tx, 'all')).find(({ apiKeyId }) => apiKeyId === null)
    const id = present?.id ?? newId()
    const secrets = sealSecrets(sealer, id, [{ secret }])
    if (present) await updateEndpoint(tx, { id, revision: undefined, changes: { url: href, secrets } })
    else
      await addEndpoint(tx, {
        id,
        apiKeyId: null,
        url: href,
        events: [],
        territories: [],
        secrets,
        createdAt: now,
      })
  })
}
