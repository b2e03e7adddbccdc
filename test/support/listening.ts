import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { createEndpoint } from '#features/webhooks/endpoints.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import { type Outside, sealer } from './outside.ts'

/** Makes an endpoint for all events of a world of processes. Returns its secret. */
export const listenTo = async (world: Outside, url: string): Promise<string> => {
  const now = world.clock.now()
  const checked = await checkAddress(url, { allowLoopback: true })
  return world.database.transaction(async (tx) => {
    const { key } = await createKey(tx, { name: 'test', scopes, territories: [], now })
    const caller = { keyId: key.id, territories: 'all' as const }
    const made = { caller, url: checked, events: [], territories: [], now }
    return (await createEndpoint(tx, { sealer }, made)).secret
  })
}
