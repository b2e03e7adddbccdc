import { languageFrom } from '#core/text.ts'
import { type Answers, answersSchema, questionnaireVersion } from '#features/intake/answers.ts'
import { addressOfApplicant } from '#features/intake/walk.ts'
import { markMemberReachable } from '#features/pushes/reachability.ts'
import { markStaffReachable } from '#features/staff/reachability.ts'
import type { Tx } from '#storage/database.ts'
import { saveDraft } from '#storage/intake/drafts.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { findAccount, findSnapshotIn, type Snapshot } from '#storage/people.ts'
import { UnknownKey } from '#storage/seal.ts'
import { beginUpdate } from '#storage/updates.ts'
import { createCardBuilder } from './card-builder.ts'
import type { Input } from './input.ts'
import type { KnownPeople } from './known.ts'
import { AlreadyDone, type DialogueDeps, ReadAgain, type Turn } from './screen.ts'
import { screenOf } from './screens.ts'
import type { Session } from './session.ts'

type Reading = {
  known: KnownPeople
  /** Whether cached knowledge will do; the write of an answer detects what has changed since. */
  trusting: boolean
  /** Not caused by the person: their screen is redrawn. */
  unasked?: boolean
}

/** Reads the person's snapshot in one statement at most, and opens the draft. */
export const openTurn = async (
  deps: DialogueDeps,
  input: Input,
  session: Session,
  { known, trusting, unasked = false }: Reading,
): Promise<Turn> => {
  const now = deps.clock.now()
  // A shared position moves by itself.
  if (!unasked && input.event.kind !== 'moved') session.lastInput = now.getTime()
  const turn: Turn = {
    input,
    session,
    deps,
    now,
    say: deps.texts.for('ru', 'adult'),
    who: null,
    hidden: null,
    answers: {},
    heard: null,
    outdated: false,
    get builder() {
      return createCardBuilder(turn.say, session.revision, { staff: turn.who?.staff?.active === true })
    },
    get midway() {
      return screenOf(session.screen).aside !== true
    },
    keep: (answers) => keep(turn, known, answers),
    once: (work) => once(turn, known, work),
  }
  const before = trusting ? known.recall(input.account) : undefined
  // If the revisions differ, another instance has written meanwhile.
  if (before && before.who.draft?.revision === session.draft) {
    Object.assign(turn, before)
    turn.hidden = before.who.hidden
    speak(turn)
  } else {
    const found = await findAccount(deps.database, deps.sealer, input.account)
    turn.hidden = found.hidden
    read(turn, known, found.who)
    const staff = turn.who?.staff
    if (staff?.unreachableSince && !unasked)
      await deps.database.transaction((tx) => markStaffReachable(tx, deps, { staffId: staff.id }))
    const person = turn.who?.unreachableSince && turn.who.person
    if (person && !unasked)
      await deps.database.transaction((tx) => markMemberReachable(tx, deps, { personId: person.id, now }))
  }
  return turn
}

const read = (turn: Turn, known: KnownPeople, who: Snapshot | null) => {
  const kept = who?.draft ? openDraft(turn, who, who.draft) : null
  turn.who = who
  // Drops the choice of a family to which they no longer belong.
  const { familyId } = turn.session
  if (familyId && !who?.families.some(({ id }) => id === familyId)) delete turn.session.familyId
  turn.outdated = who?.draft != null && kept === null
  // A draft that cannot be continued starts again, and the person is told; the new one replaces it.
  if (who && turn.outdated) who.draft = null
  turn.answers = kept ?? turn.session.answers ?? {}
  if (who && kept) known.remember(turn.input.account, { who, answers: kept })
  else known.forget(turn.input.account)
  speak(turn)
}

const isCurrent = ({ deps }: Turn, draft: NonNullable<Snapshot['draft']>): boolean =>
  draft.version === questionnaireVersion && draft.region === deps.region.code

/** Chooses language and form of address: a minor is «ты» from the moment that they say who they are. */
const speak = (turn: Turn) => {
  const { who, session, input, deps, answers } = turn
  const language = who?.person.language ?? session.language ?? languageFrom(input.languageHint)
  if (answers.applicant) session.address = addressOfApplicant(answers)
  const address = session.address ?? who?.person.address ?? 'adult'
  turn.say = deps.texts.for(language, address)
}

/**
 * Returns null for a draft of an earlier questionnaire, and for a damaged one, which would otherwise fail at every input
 * and shut its person out for good. Throws UnknownKey, where the fault is in our keys and not in the draft.
 */
const openDraft = (turn: Turn, who: Snapshot, draft: NonNullable<Snapshot['draft']>): Answers | null => {
  if (!isCurrent(turn, draft)) return null
  const { sealer, log } = turn.deps
  try {
    return answersSchema.parse(sealer.openJson(draft.answers, `drafts.answers.${who.person.id}`))
  } catch (error) {
    if (error instanceof UnknownKey) throw error
    log.error('draft.unreadable', { draft: draft.id, error })
    return null
  }
}

const keep = async (turn: Turn, known: KnownPeople, answers: Answers): Promise<void> => {
  const { who, session, deps, input, now } = turn
  if (who?.draft) {
    // Whatever the outcome, cached knowledge from before the write is stale.
    known.forget(input.account)
    const own = await sealerOf(deps.database, deps.sealer, { person: who.person.id })
    const saved = await saveDraft(deps.database, {
      input,
      draftId: who.draft.id,
      revision: who.draft.revision,
      answers: own.sealJson(answers, `drafts.answers.${who.person.id}`),
      version: questionnaireVersion,
      region: deps.region.code,
      now,
    })
    if (saved === 'stale') throw new ReadAgain()
    if (saved === 'duplicate') throw new AlreadyDone()
    who.draft.revision += 1
    known.remember(input.account, { who, answers })
  } else {
    session.answers = answers
  }
  turn.answers = answers
  speak(turn)
}

const once = async <T>(turn: Turn, known: KnownPeople, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const { deps, input } = turn
  known.forget(input.account)
  const [result, who] = await deps.database.transactionThenRead(
    async (tx) => {
      // The work's first statements wait for the lock on the server, and are undone if the update is a duplicate.
      const [begun, worked] = await Promise.allSettled([
        beginUpdate(tx, input.account, input, turn.now),
        work(tx),
      ])
      if (begun.status === 'rejected') throw begun.reason
      if (begun.value === 'duplicate') throw new AlreadyDone()
      if (worked.status === 'rejected') throw worked.reason
      return worked.value
    },
    (tx) => findSnapshotIn(tx, deps.sealer, input.account),
  )
  read(turn, known, who)
  return result
}
