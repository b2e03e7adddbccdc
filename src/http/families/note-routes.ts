import { z } from 'zod'
import { familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { addFamilyNote, type ReadNote, readFamilyNotes } from '#features/families/family-notes.ts'
import { mustTellAll, noteBody } from '../note-body.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const named = z.strictObject({ id: z.uuid(), name: z.string() })

const noteSchema = z
  .strictObject({
    id: z.uuid(),
    at: z.iso.datetime(),
    text: z.string(),
    author: named.nullable().describe('Null: a system of the centre'),
    mentioned: z.array(named).describe('Who was told of it'),
    keptFrom: z.array(named).describe('Staff of whom it complains: do not show it to them'),
  })
  .meta({ id: 'FamilyNote' })

const toNote = ({ at, ...note }: ReadNote): z.output<typeof noteSchema> => ({
  ...note,
  at: at.toISOString(),
})

export const serveFamilyNotes = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/notes',
    'families:details',
    {
      operationId: 'listFamilyNotes',
      tag: 'Families',
      summary: 'Lists what staff have written about a family for each other, newest first',
      description:
        'At most 200. Never show it to the family, nor a note to those in `keptFrom`. Every call is audited as `family.notes`.',
      params,
      answer: z.strictObject({ items: z.array(noteSchema) }).meta({ id: 'FamilyNotes' }),
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        const family = await familyForCaller(tx, { caller, id })
        const notes = await readFamilyNotes(tx, deps.sealer, { family, by: { apiKeyId: caller.keyId }, now })
        return { body: { items: notes.map(toNote) } }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/notes',
    'families:write',
    {
      operationId: 'addFamilyNote',
      tag: 'Families',
      summary: 'Adds a note about a family, which only staff read',
      description:
        'Also about a closed family. No event is sent. Audited as `family.changed`, which says nothing of its words.',
      params,
      body: noteBody,
      status: 201,
      answer: z
        .strictObject({ id: z.uuid(), told: z.array(named), keptFrom: z.array(named) })
        .meta({ id: 'FamilyNoteAdded' }),
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const outcome = await addFamilyNote(tx, deps, { family, ...body, by: { apiKeyId: caller.keyId }, now })
      mustTellAll(outcome)
      return { body: { id: outcome.id, told: outcome.told, keptFrom: outcome.keptFrom } }
    },
  )
}
