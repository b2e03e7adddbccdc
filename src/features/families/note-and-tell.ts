import { notifyFamily, wholeFamily } from '#features/pushes/tell-family.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { EventData } from '#features/webhooks/event-data.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import type { Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family, type FamilyEventKind } from '#storage/families/families.ts'
import type { Actor, FamilyDeps } from './active.ts'

/** A change of a family, which is the row as locked in the same transaction. */
export type Change = { family: Family; by: Actor; now: Date }

/** Writes a change into the family's history. */
export const note = (
  tx: Tx,
  { family, by, now }: Change,
  kind: FamilyEventKind,
  detail?: string,
): Promise<void> => addFamilyEvent(tx, { familyId: family.id, at: now, kind, detail, ...by })

/** Tells all members. `which` makes the idempotency key unique. */
export const push = (
  tx: Tx,
  deps: FamilyDeps,
  { family, now }: { family: Family; now: Date },
  kind: 'stage' | 'curator' | 'closed',
  which: string,
): Promise<void> =>
  notifyFamily(tx, deps, { familyId: family.id, to: wholeFamily, kind, key: `${kind}.${which}`, now })

/** Tells other systems. */
export const tell = (
  tx: Tx,
  deps: FamilyDeps,
  { family, now }: { family: Family; now: Date },
  type: EventType,
  data: EventData,
): Promise<void> => announce(tx, deps, { type, now, requestId: null, familyId: family.id, data })
