import { DomainError } from '#core/errors.ts'
import { createKey, revokeKey } from '#features/staff/api-keys.ts'
import { type ApiKey, listApiKeys } from '#storage/staff/api-keys.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem, mustKnowTerritories } from './command-problem.ts'
import { daysLeft, warningDays } from '#features/staff/key-expiry.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Creates a key of the staff API and prints its token, which cannot be printed again. */
export const createKeyCommand = async (
  deps: CommandDeps,
  { keyName, scopes, territories, days }: Extract<Command, { name: 'key-create' }>,
): Promise<string[]> => {
  const { db, clock } = deps
  await mustKnowTerritories(deps, territories)
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + days * dayMs)
  const { key, token } = await db.transaction((tx) =>
    createKey(tx, { name: keyName, scopes, territories, expiresAt, now }),
  )
  return [
    `Created key ${key.name}, id ${key.id}: ${key.scopes.join(', ')}; ${territoriesOf(key)}; until ${expiresAt.toISOString()}, in ${days} ${days === 1 ? 'day' : 'days'}`,
    'The key is shown only once:',
    token,
  ]
}

export const listKeysCommand = async ({ db, clock }: CommandDeps): Promise<string[]> => {
  const keys = await listApiKeys(db)
  if (keys.length === 0) return ['No keys yet']
  return keys.map((key) =>
    [
      key.id,
      key.name,
      key.scopes.join(','),
      territoriesOf(key),
      stateOf(key, clock.now()),
      key.lastUsedAt ? `last used ${key.lastUsedAt.toISOString()}` : 'never used',
    ].join('\t'),
  )
}

export const revokeKeyCommand = async ({ db, clock }: CommandDeps, keyId: string): Promise<string[]> => {
  try {
    const { paused } = await db.transaction((tx) => revokeKey(tx, keyId, clock.now()))
    return [
      `Revoked ${keyId}: the key is rejected from now on`,
      ...(paused > 0
        ? [`Paused ${paused} webhook endpoints created by this key; another key can resume them`]
        : []),
    ]
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new CommandProblem('No active key has this id', { cause: error })
  }
}

const territoriesOf = ({ territories }: ApiKey) => territories.join(',') || 'all territories'

const stateOf = ({ revokedAt, expiresAt }: ApiKey, now: Date): string => {
  if (revokedAt) return 'revoked'
  if (expiresAt <= now) return 'expired'
  const days = daysLeft(expiresAt, now)
  const soon = days <= warningDays[0] ? ` (in ${days} ${days === 1 ? 'day' : 'days'})` : ''
  return `until ${expiresAt.toISOString()}${soon}`
}
