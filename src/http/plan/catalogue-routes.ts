import { z } from 'zod'
import { helpKinds } from '#regions/schema.ts'
import { type Api, readRoute } from '../staff-route.ts'

const helpSchema = z
  .strictObject({
    code: z.string().describe('`catalogueCode` of an activity'),
    kind: z.enum(helpKinds).nullable().describe('Null: an activity of any kind may be it'),
    clause: z.string().describe("Clause of the region's text"),
    official: z.string().describe('In its words'),
    plain: z.strictObject({ ru: z.string(), en: z.string() }).describe('What the family reads'),
    reportRows: z.array(z.string()).describe("Rows of the region's report that count it"),
  })
  .meta({ id: 'CatalogueHelp' })

export const serveCatalogue = (api: Api): void => {
  readRoute(
    api,
    'GET /help-catalogue',
    'plans:read',
    {
      operationId: 'listHelpCatalogue',
      tag: 'Plans',
      summary: "Lists the help that the region's text names, from which activities are picked",
      description: 'In the order of the text; empty for a region whose text lists no help.',
      answer: z.strictObject({ items: z.array(helpSchema) }).meta({ id: 'HelpCatalogue' }),
    },
    async ({ deps: { region, texts } }) => {
      const plain = (language: 'ru' | 'en', code: string) =>
        texts.for(language, 'adult').label(`catalogue.${region.code}.${code}`)
      const items = region.catalogue.map(({ code, kind, clause, official, reportRows = [] }) => ({
        code,
        kind,
        clause,
        official,
        plain: { ru: plain('ru', code), en: plain('en', code) },
        reportRows: [...reportRows],
      }))
      return { body: { items } }
    },
  )
}
