import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { maxListWords, normalizeListWord } from '#features/danger/alarming-words.ts'
import { replaceAlarmingWords, switchEntriesOff } from '#features/danger/danger-api.ts'
import { dangerEntries } from '#features/danger/danger-entries.ts'
import { dangerSettings } from '#features/danger/danger-settings.ts'
import { mustAdminister } from '#features/staff/administrators.ts'
import {
  addTerritory,
  longestName,
  renameTerritory,
  retire,
} from '#features/territories/change-territories.ts'
import { territoryCode } from '#http/territory-codes.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import { leftInTerritory, listTerritories } from '#storage/territories/territories.ts'
import { listed } from '../listed.ts'
import { type Console, form, page } from '../routes.ts'
import { registerAudit } from './audit-routes.ts'
import { organisationPage, surveysPage } from './centre-pages.ts'
import { registerDays } from './day-forms.ts'
import { registerKeys } from './key-forms.ts'
import { registerPlaces } from './place-forms.ts'
import { registerReplies } from './reply-forms.ts'
import { territoriesPage, territoryPage } from './territory-pages.ts'
import { registerWebhooks } from './webhook-forms.ts'
import { wordsPage } from './words-page.ts'

const supervisors = ['supervisor'] as const
const at = '/console/settings'

/** «Настройки»: what the operator has set, to read; what administrators set, to change. */
export const registerSettings = (console: Console): void => {
  const { deps } = console
  console.served.add('settings')

  const organisation = async (visit: Parameters<typeof organisationPage>[0]) =>
    organisationPage(visit, {
      organisation: deps.organisation(),
      botUsername: deps.botUsername(),
      pagesUrl: deps.pagesUrl(),
    })
  page(console, at, { for: supervisors }, organisation)
  page(console, `${at}/organisation`, { for: supervisors }, organisation)
  page(console, `${at}/surveys`, { for: supervisors }, async (visit) =>
    surveysPage(visit, await newestSurveys(deps.database)),
  )
  registerTerritories(console)
  registerWords(console)
  registerReplies(console)
  registerPlaces(console)
  registerDays(console)
  registerKeys(console)
  registerWebhooks(console)
  registerAudit(console)
}

const registerTerritories = (console: Console): void => {
  const { deps } = console
  const name = z.string().trim().min(2).max(longestName)
  const params = z.object({ code: territoryCode })

  page(console, `${at}/territories`, { for: supervisors }, async (visit) =>
    territoriesPage(visit, await listTerritories(deps.database)),
  )

  form(
    console,
    `${at}/territories`,
    {
      for: supervisors,
      fields: z.object({ code: territoryCode.min(2), ru: name, en: name }),
      confirmed: true,
      changesLists: true,
    },
    async (tx, { staff, now, fields: { code, ru, en } }) => {
      mustAdminister(staff)
      await addTerritory(tx, { code, name: { ru, en }, by: { apiKeyId: null, staffId: staff.id, now } })
      return { to: `${at}/territories`, done: 'territoryAdded' }
    },
  )

  page(console, `${at}/territories/:code`, { for: supervisors, params }, async (visit) => {
    mustAdminister(visit.staff)
    const all = (await listTerritories(deps.database)).filter(({ retiredAt }) => retiredAt === null)
    const one = all.find(({ code }) => code === visit.params.code)
    if (!one) throw new DomainError('not-found')
    const left = await deps.database.transaction((tx) => leftInTerritory(tx, one.code, visit.now))
    return territoryPage(visit, { one, others: all.filter(({ code }) => code !== one.code), left })
  })

  form(
    console,
    `${at}/territories/:code`,
    {
      for: supervisors,
      params,
      fields: z.object({ ru: name, en: name }),
      confirmed: true,
      changesLists: true,
    },
    async (tx, { staff, now, params: { code }, fields }) => {
      mustAdminister(staff)
      await renameTerritory(tx, { code, name: fields, by: { apiKeyId: null, staffId: staff.id, now } })
      return { to: `${at}/territories`, done: 'saved' }
    },
  )

  form(
    console,
    `${at}/territories/:code/retire`,
    {
      for: supervisors,
      params,
      fields: z.object({ successor: z.union([z.literal(''), territoryCode]) }),
      confirmed: true,
      changesLists: true,
    },
    async (tx, { staff, now, params: { code }, fields: { successor } }) => {
      mustAdminister(staff)
      const to = successor === '' ? null : successor
      await retire(tx, { code, to, by: { apiKeyId: null, staffId: staff.id, now } })
      return { to: `${at}/territories`, done: 'territoryRetired' }
    },
  )
}

const registerWords = (console: Console): void => {
  const { deps } = console
  const mark = z.string().max(64)
  const entryIds = dangerEntries.map(({ id }) => id)

  page(console, `${at}/words`, { for: supervisors }, async (visit) =>
    wordsPage(visit, await dangerSettings(deps.database)),
  )

  form(
    console,
    `${at}/words`,
    { for: supervisors, fields: z.object({ words: z.string().max(25_000), mark }), confirmed: true },
    async (tx, visit) => {
      const { staff, say, now, fields } = visit
      mustAdminister(staff)
      const settings = await dangerSettings(tx)
      const again = (problem: string) => ({
        again: wordsPage(visit, settings, { words: fields.words, problem }),
      })
      if (settings.mark !== fields.mark) return again(say.label('consoleSettings.words.changed'))
      const given = fields.words
        .split(/[\n,;]/u)
        .map((one) => one.trim())
        .filter((one) => one !== '')
      const odd = given.filter((one) => normalizeListWord(one) === null)
      if (odd.length > 0)
        return again(say.label('consoleSettings.words.odd', { words: odd.slice(0, 5).join(', ') }))
      if (given.length > maxListWords)
        return again(say.label('consoleSettings.words.tooMany', { most: maxListWords }))
      await replaceAlarmingWords(tx, { caller: { staffId: staff.id }, words: given, now })
      return { to: `${at}/words`, done: 'saved' }
    },
  )

  form(
    console,
    `${at}/words/switches`,
    { for: supervisors, fields: z.object({ on: listed(z.enum(entryIds)), mark }), confirmed: true },
    async (tx, visit) => {
      const { staff, say, now, fields } = visit
      mustAdminister(staff)
      const settings = await dangerSettings(tx)
      if (settings.mark !== fields.mark)
        return { again: wordsPage(visit, settings, { problem: say.label('consoleSettings.words.changed') }) }
      const on = new Set<string>(fields.on)
      const off = entryIds.filter((id) => !on.has(id))
      await switchEntriesOff(tx, { caller: { staffId: staff.id }, off, now })
      return { to: `${at}/words`, done: 'saved' }
    },
  )
}
