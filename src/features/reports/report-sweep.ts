import { Temporal } from 'temporal-polyfill'
import type { Log } from '#core/log.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { endOf as endOfDay, momentOf } from '#features/deadlines/days.ts'
import type { Enqueue, Payload } from '#queue/queues.ts'
import { reportFormOf } from '#regions/reports/index.ts'
import type { ReportForm } from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { handedInOf, isRecordedBefore, noteNotice, noticesOf } from '#storage/reports/handed-in.ts'
import type { Sealer } from '#storage/seal.ts'
import { handIn } from './hand-in.ts'
import { quarterReport } from './quarter-report.ts'
import { type Quarter, quarterBefore, quarterOn } from './quarters.ts'
import { reportDue, reportStep } from './report-due.ts'

type Deps = { region: Region; sealer: Sealer; enqueue: Enqueue; log: Log }

/**
 * Sees to the report of this quarter and of the one before: supervisors are told once when it is due and once when it is late; where no
 * working day is left it is made by itself, and they are told. Two instances at once do each of it once.
 */
export const sweepReport = async (database: Database, deps: Deps, now: Date): Promise<void> => {
  const { region } = deps
  const form = reportFormOf(region.code)
  if (!form) return
  const running = quarterOn(dayAt(now, region.timeZone).toString())
  for (const quarter of [quarterBefore(running), running]) await seeTo(database, deps, { form, quarter, now })
}

type Seeing = { form: ReportForm; quarter: Quarter; now: Date }

const seeTo = async (database: Database, deps: Deps, { form, quarter, now }: Seeing): Promise<void> => {
  const { region } = deps
  const handedIn = (await handedInOf(database, region.code, quarter.code)).length > 0
  const told = await noticesOf(database, region.code, quarter.code)
  const today = dayAt(now, region.timeZone).toString()
  const step = reportStep(reportDue(quarter, form, region), { today, handedIn, told })
  // A centre that has just begun has no report of a quarter in which nothing was recorded.
  if (step === 'nothing' || !(await isRecordedBefore(database, region.code, endOf(region, quarter)))) return
  if (step === 'make') return makeReport(database, deps, { quarter, now })
  const kind = step === 'tell-due' ? 'due' : 'late'
  await database.transaction((tx) => tell(tx, deps, { kind, period: quarter.code }, now))
}

const endOf = ({ timeZone }: Region, { until }: Quarter): Date =>
  new Date(endOfDay(Temporal.PlainDate.from(until), timeZone))

const makeReport = async (
  database: Database,
  deps: Deps,
  { quarter, now }: { quarter: Quarter; now: Date },
): Promise<void> => {
  const period = quarter.code
  const report = await quarterReport(database, deps, { period, territories: 'all' })
  await database.transaction(async (tx) => {
    if ((await handedInOf(tx, deps.region.code, period)).length > 0) return
    // Nobody is there to be asked: what does not agree is kept with it, and shown.
    await handIn(tx, deps, { report, acceptFaults: true, by: {}, now })
    await tell(tx, deps, { kind: 'made', period }, now)
  })
  deps.log.info('report.made', { period })
}

const tell = async (
  tx: Tx,
  { region, enqueue }: Deps,
  notice: Pick<Payload<'report-notice'>, 'kind' | 'period'>,
  now: Date,
): Promise<void> => {
  if (!(await noteNotice(tx, { region: region.code, ...notice, at: now }))) return
  // What is made at midnight is told in the morning.
  const morning = new Date(momentOf(dayAt(now, region.timeZone), '09:00', region.timeZone))
  await enqueue(tx, 'report-notice', notice, now < morning ? { startAfter: morning } : {})
}
