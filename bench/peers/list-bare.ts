import { PrismaPg } from '@prisma/adapter-pg'
import fastify from 'fastify'
import { PrismaClient } from '#generated/client.ts'

// The naive version: fastify and Prisma, no key, no rate limit, no validation.
const { port, postgres } = JSON.parse(process.argv[2] ?? '{}') as { port: number; postgres: string }
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: postgres, max: 10 }) })

const app = fastify({ logger: false })
app.get('/', () => 'ready')
app.get<{ Querystring: { status?: string; at?: string; id?: string } }>(
  '/requests',
  async ({ query: { status, at, id } }) => {
    const items = await prisma.request.findMany({
      where: {
        ...(status !== undefined && { status }),
        // The first condition is redundant, but without it PostgreSQL would scan the index from its start.
        ...(at !== undefined &&
          id !== undefined && {
            submittedAt: { gte: at },
            OR: [{ submittedAt: { gt: at } }, { submittedAt: at, id: { gt: id } }],
          }),
      },
      select: {
        id: true,
        number: true,
        kind: true,
        applicant: true,
        territory: true,
        urgent: true,
        helpKinds: true,
        status: true,
        stage: true,
        representativeConsent: true,
        dataSharing: true,
        submittedAt: true,
        dueAt: true,
        claimedAt: true,
        escalations: true,
        revision: true,
        assignedTo: { select: { id: true, name: true, role: true } },
      },
      orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
      take: 50,
    })
    return { items }
  },
)
await app.listen({ port, host: '127.0.0.1' })
