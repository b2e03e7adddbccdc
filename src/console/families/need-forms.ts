import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { knownNeeds, mainCategoryOn } from '#features/needs/case-needs.ts'
import { addNeed, endNeed, markMain } from '#features/needs/change-needs.ts'
import { needsChangeBy } from '#features/needs/read-needs.ts'
import { undoNeed } from '#features/needs/undo-need.ts'
import { needFinders, needKinds } from '#storage/needs/case-needs.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import type { Console } from '../routes.ts'
import { familyForm } from './of-family.ts'

const ofNeed = z.object({ id: z.uuid(), need: z.uuid() })

/** Categories and circumstances. Nobody is told of them, so that each step can be taken back. */
export const registerNeedForms = (console: Console): void => {
  const { deps } = console
  const needsOf = (id: string) => `/console/families/${id}/needs` as const

  const fields = z.object({ need: z.string().max(100), foundBy: z.enum(needFinders) })
  familyForm(
    console,
    '/needs',
    { for: staffRoles, fields },
    async (tx, { fields: { need, foundBy } }, of) => {
      const change = await needsChangeBy(tx, of)
      const kind = needKinds.find((one) => need.startsWith(`${one}.`))
      if (!kind) throw new DomainError('invalid-input', { field: 'need' })
      const code = need.slice(kind.length + 1)
      const { needId, versions } = await addNeed(tx, deps, { ...change, kind, code, foundBy })
      const to = needsOf(of.familyId)
      // Somebody may have added it before.
      const isNew = versions.length === 1 && versions[0]?.at.getTime() === of.now.getTime()
      return { to, done: 'needAdded', ...(isNew && { undo: `${to}/${needId}/undo` as const }) }
    },
  )

  familyForm(
    console,
    '/needs/:need/end',
    { for: staffRoles, params: ofNeed },
    async (tx, { params: { need: needId } }, of) => {
      await endNeed(tx, deps, { ...(await needsChangeBy(tx, of)), needId })
      const to = needsOf(of.familyId)
      return { to, done: 'needEnded', undo: `${to}/${needId}/undo` }
    },
  )

  familyForm(
    console,
    '/needs/:need/undo',
    { for: staffRoles, params: ofNeed },
    async (tx, { say, params: { need: needId } }, of) => {
      const reason = say.label('consoleFamilies.needs.undone')
      await undoNeed(tx, deps, { ...(await needsChangeBy(tx, of)), needId, reason })
      return { to: needsOf(of.familyId), done: 'needUndone' }
    },
  )

  familyForm(
    console,
    '/needs/:need/main',
    { for: staffRoles, params: ofNeed },
    async (tx, { params: { need: needId } }, of) => {
      const change = await needsChangeBy(tx, of)
      const today = dayOfMoment(deps.region, of.now)
      const before = mainCategoryOn(await knownNeeds(tx, deps, of.familyId), today)
      await markMain(tx, deps, { ...change, needId })
      const to = needsOf(of.familyId)
      const other = before !== null && before.needId !== needId
      return { to, done: 'needMain', ...(other && { undo: `${to}/${before.needId}/main` as const }) }
    },
  )
}
