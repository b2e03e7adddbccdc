import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { answerPaper } from '#features/data-requests/answer-paper.ts'
import { dataRequestForCaller } from '#features/data-requests/data-requests-api.ts'
import { openDataRequest } from '#features/data-requests/data-requests-for-staff.ts'
import { copyForPaper } from '#features/my-data/copy-for-paper.ts'
import { copyPaper } from '#features/my-data/copy-paper.ts'
import { type OwnData, ownDataJson } from '#features/my-data/own-data.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { findSnapshotOf } from '#storage/people.ts'
import { type Api, type Call, readRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const pdf = 'application/pdf'
const copied =
  'The copy that the person would get in the bot: their own words and facts. Only for an open request of the kind `access`; of a minor ' +
  'only if the minor asks, and never through a parent (`not-allowed`). Every call is a step of the request, and audited as `data-requests.copied`.'

export const serveDataRequestPapers = (api: Api): void => {
  readRoute(
    api,
    'GET /data-requests/:id/answer.pdf',
    'data:read',
    {
      operationId: 'getDataRequestAnswer',
      tag: 'Data requests',
      summary: 'Returns the answer as a PDF to print',
      description: '404 before there is one. Every call is audited as `data-requests.opened`.',
      params,
      media: [pdf],
      localized: true,
      audited: true,
    },
    async ({ deps, caller, params: { id }, say, now }) => {
      const paper = await deps.database.transaction(async (tx) => {
        const request = await dataRequestForCaller(tx, { caller, id })
        const by = { apiKeyId: caller.keyId }
        const open = await openDataRequest(tx, deps.sealer, { request, by, now })
        return answerPaper(say, { open, organisation: deps.organisation(), region: deps.region, now })
      })
      if (!paper) throw new DomainError('not-found')
      return { body: undefined, file: { type: pdf, content: await drawPdf(paper, say) } }
    },
  )

  readRoute(
    api,
    'GET /data-requests/:id/copy.pdf',
    'data:copy',
    {
      operationId: 'getDataCopyPdf',
      tag: 'Data requests',
      summary: "Returns a copy of a person's data as a PDF to print",
      description: copied,
      params,
      media: [pdf],
      localized: true,
      audited: true,
    },
    async (call) => {
      const { deps, say } = call
      const data = await copyOf(call)
      const paper = copyPaper(say, { data, organisation: deps.organisation(), region: deps.region })
      return { body: undefined, file: { type: pdf, content: await drawPdf(paper, say) } }
    },
  )

  readRoute(
    api,
    'GET /data-requests/:id/copy.json',
    'data:copy',
    {
      operationId: 'getDataCopyJson',
      tag: 'Data requests',
      summary: "Returns a copy of a person's data for programs",
      description: copied,
      params,
      media: ['application/json'],
      audited: true,
    },
    async (call) => ({
      body: undefined,
      file: { type: 'application/json', content: ownDataJson(await copyOf(call)) },
    }),
  )
}

const copyOf = async ({
  deps,
  caller,
  params: { id },
  now,
}: Call<typeof params, z.ZodUndefined, z.ZodUndefined>): Promise<OwnData> => {
  const { personId } = await dataRequestForCaller(deps.database, { caller, id })
  const who = personId === null ? null : await findSnapshotOf(deps.database, personId)
  return deps.database.transaction(async (tx) => {
    const request = await dataRequestForCaller(tx, { caller, id })
    return copyForPaper(tx, deps, { request, who, by: { apiKeyId: caller.keyId }, now })
  })
}
