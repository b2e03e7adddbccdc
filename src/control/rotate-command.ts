import { createLog } from '#core/log.ts'
import { markEarlier } from '#features/worklist/mark-earlier.ts'
import { resealAll } from '#storage/keys/reseal.ts'
import { keysInUse, noteRotation, rewrapAll } from '#storage/keys/rotate.ts'
import { sealAccounts } from '#workers/seal-accounts.ts'
import type { CommandDeps } from './command.ts'

/**
 * Makes the earlier keys of DATA_KEYS unnecessary, while the app works: the keys of people are wrapped by the first one, and what older
 * keys sealed is sealed anew. It can be stopped and run again.
 */
export const rotateKeysCommand = async ({
  db,
  clock,
  desk,
  print = () => {},
}: CommandDeps): Promise<string[]> => {
  const { sealer } = await desk()
  const log = createLog('warn')
  const [first = ''] = sealer.ids
  const started = performance.now()
  const { keys, failed: unwrapped } = await rewrapAll(db, sealer)
  print(`Keys of people wrapped by ${first}: ${keys}, in ${secondsSince(started)}`)
  const accounts = await sealAccounts({ database: db, sealer, log })
  print(`Accounts sealed: ${accounts}`)
  const progress = ({ table, column, values }: { table: string; column: string; values: number }) =>
    print(`${table}.${column}: ${values}`)
  const { values, failed } = await resealAll(db, sealer, { progress })
  const marks = await markEarlier(db, sealer, log)
  const used = await keysInUse(db)
  const others = used.filter(({ key }) => key !== first)
  if (others.length === 0) await db.transaction((tx) => noteRotation(tx, clock.now()))
  return [
    `Wrapped ${keys} keys, sealed ${accounts} accounts and ${values} values, marked ${marks} for the search, in ${secondsSince(started)}`,
    ...(failed + unwrapped > 0
      ? [`${failed + unwrapped} values open with none of DATA_KEYS and stay as they are`]
      : []),
    ...others.map(
      ({ key, values: left }) =>
        `Key ${key} is still needed by ${left} values: run this again, once nothing runs with it in front`,
    ),
    ...(others.length === 0
      ? [
          `Nothing needs another key than ${first}: take the others out of DATA_KEYS, restart, and destroy them where they are kept`,
        ]
      : []),
  ]
}

const secondsSince = (moment: number): string => `${((performance.now() - moment) / 1000).toFixed(1)} s`
