import { PrismaPg } from '@prisma/adapter-pg'
import fastify from 'fastify'
import { PrismaClient } from '#generated/client.ts'

// The naive version: fastify and Prisma, a page of a member's families as a table; no session, no rights, no terms, no audit.
const { port, postgres } = JSON.parse(process.argv[2] ?? '{}') as { port: number; postgres: string }
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: postgres, max: 10 }) })

const app = fastify({ logger: false })
app.get('/', () => 'ready')
app.get<{ Querystring: { curator: string } }>('/families', async ({ query: { curator } }, reply) => {
  const families = await prisma.family.findMany({
    where: { curatorId: curator, status: 'active' },
    orderBy: { number: 'asc' },
    take: 25,
    include: { members: true, terms: { where: { state: 'open' } } },
  })
  const rows = families.map(
    ({ id, number, stage, level, terms }) =>
      `<li><a href="/families/${id}">${number}</a> ${stage} ${level} ${terms.map(({ code, dueOn }) => `${code} ${dueOn.toISOString()}`).join(', ')}</li>`,
  )
  return reply.type('text/html').send(`<!doctype html><html><body><ul>${rows.join('')}</ul></body></html>`)
})
await app.listen({ port: Number(port), host: '127.0.0.1' })
