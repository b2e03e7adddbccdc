import { Client } from 'pg'
import { secret, webhookPath } from './contestants.ts'
import { createPoster, type Poster } from './driver/http-client.ts'
import { createCrowd } from './driver/people.ts'
import { type Contestant, readOptions } from './options.ts'
import { start } from './rounds.ts'
import { openStores } from './stores.ts'

// Telegram delivers an update again that was not answered in time, and may do so while the first is still handled. Every
// person's Submit arrives twice at the same moment; how many applications are there afterwards?

const people = 20
const stepsEach = 23
const submits = /"data":"[^"]*submit[^"]*"/

const storedSql: Partial<Record<Contestant, string>> = {
  conversations: 'SELECT count(*)::int AS stored FROM submissions',
  scenes: 'SELECT count(*)::int AS stored FROM submissions',
  ours: 'SELECT count(*)::int AS stored FROM requests',
}

/** Posts every Submit twice at once, and answers with the first of the two. */
const twice = (poster: Poster): Poster => ({
  ...poster,
  post: async (json) => {
    if (!submits.test(json)) return poster.post(json)
    const [first] = await Promise.all([poster.post(json), poster.post(json)])
    return first
  },
})

const main = async () => {
  const options = readOptions(process.argv.slice(2))
  const stores = await openStores(options.postgres, options.redis)
  try {
    for (const name of ['conversations', 'scenes', 'ours'] as const) {
      const running = await start(name, options, stores)
      const poster = createPoster(running.bot.port, webhookPath, secret)
      const crowd = createCrowd(running.telegram, twice(poster), running.policy)
      const all = Array.from({ length: people }, crowd.newPerson)
      for (let step = 0; step < stepsEach; step++) await Promise.all(all.map((person) => crowd.act(person)))
      const client = new Client({ connectionString: running.postgres })
      await client.connect()
      const { rows } = await client.query<{ stored: number }>(storedSql[name] ?? '')
      process.stdout.write(`${name}: ${rows[0]?.stored} applications of ${people} people\n`)
      await client.end()
      poster.close()
      await running.stop()
    }
  } finally {
    await stores.release()
  }
}

await main()
