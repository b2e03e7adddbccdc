import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { createFamily } from '#features/families/family-transitions.ts'
import { addMember } from '#features/families/member-facts.ts'
import { inviteToFamily } from '#features/families/members.ts'
import { changeStatus } from '#features/plan/activity-marks.ts'
import { readPlan } from '#features/plan/open-plan.ts'
import { publishPlan } from '#features/plan/publish-plan.ts'
import { inviteStaff } from '#features/staff/invite-staff.ts'
import { createVisit } from '#features/visits/visit-transitions.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { saveAlarmingWords } from '#storage/danger/alarming-words.ts'
import type { Database } from '#storage/database.ts'
import { anyFamily } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { listStaff, updateStaff } from '#storage/staff/staff.ts'
import { demoAlarmingWords, demoDone, demoMembers, demoPlan, demoVisits } from './demo-family.ts'
import { playSurveys, surveysBegun } from './demo-surveys.ts'
import type { RunningSandbox } from './start.ts'

type Deps = {
  database: Database
  sealer: Sealer
  enqueue: Enqueue
  region: Region
  clock: Clock
  log: Log
  botUsername: string
}

/** Work that continues after the start; interrupted by a stop and resumed by the next start. */
export type Playing = { stop(): Promise<void> }

/**
 * Sets up the demo centre: its staff, unless they exist already, and a family under support with a plan and visits,
 * whose members have been invited and join themselves. Does nothing if the centre has its own staff. Answers
 * of other families follow after the page is up, because they take seconds.
 */
export const openDemoCentre = async (sandbox: RunningSandbox, deps: Deps): Promise<Playing> => {
  const { database, region, clock, botUsername } = deps
  const known = (await listStaff(database)).map(({ name }) => name)
  if (known.some((name) => sandbox.staff.every((member) => member.name !== name)))
    return { stop: async () => {} }
  const territories = region.territories.map(({ code }) => code)
  for (const { phone, ...member } of sandbox.staff) {
    if (known.includes(member.name)) continue
    const invited = await inviteStaff({ db: database, clock, botUsername }, { ...member, territories })
    sandbox.openLink(phone, invited.link)
    // On this machine nobody else is there to be asked.
    const { id, revision, role } = invited.staff
    if (role === 'supervisor')
      await database.transaction((tx) => updateStaff(tx, id, revision, { administers: true }))
  }
  const fresh = !(await anyFamily(database))
  if (fresh) await openDemoFamily(sandbox, deps)
  return playAnswers(deps, fresh || (await surveysBegun(deps)))
}

const playAnswers = (deps: Deps, wanted: boolean): Playing => {
  const stopping = new AbortController()
  const play = async () => {
    const curator = (await listStaff(deps.database)).find(({ role }) => role === 'curator')
    if (!curator) return
    await playSurveys(deps, { curatorId: curator.id, now: deps.clock.now(), signal: stopping.signal })
  }
  const playing = wanted
    ? play().catch((error: unknown) => deps.log.warn('demo.not-played', { error }))
    : Promise.resolve()
  return {
    stop: () => {
      stopping.abort()
      return playing
    },
  }
}

const openDemoFamily = async (
  sandbox: RunningSandbox,
  { database, botUsername, clock, ...deps }: Deps,
): Promise<void> => {
  const { region } = deps
  const now = clock.now()
  const today = dayAt(now, region.timeZone)
  const curator = (await listStaff(database)).find(({ role }) => role === 'curator')
  const [territory] = region.territories
  if (!curator || !territory) return
  const links = await database.transaction(async (tx) => {
    const family = await createFamily(tx, deps, {
      territory: territory.code,
      curatorId: curator.id,
      level: 'crisis',
      stage: 'activities',
      appliedAt: new Date(now.getTime() - 24 * day),
      by: {},
      now,
    })
    const invited = []
    for (const { phone, role, name } of demoMembers) {
      const { id } = await addMember(tx, deps, { family, role, name, now })
      invited.push({
        phone,
        link: (
          await inviteToFamily(
            tx,
            { sealer: deps.sealer, botUsername, now },
            { family, memberId: id, by: {} },
          )
        ).link,
      })
    }
    await saveAlarmingWords(tx, demoAlarmingWords, now)
    await publishPlan(tx, deps, { family, document: demoPlan(today), by: {}, now })
    for (const activity of (await readPlan(tx, deps.sealer, { familyId: family.id }))?.activities ?? [])
      if (demoDone.includes(activity.code))
        await changeStatus(tx, deps, { family, activity, status: 'done', now })
    for (const visit of demoVisits(today, region.timeZone, curator.id))
      await createVisit(tx, deps, { family, visit, now })
    return invited
  })
  for (const { phone, link } of links) sandbox.openLink(phone, link)
}

const day = 24 * 60 * 60 * 1000
