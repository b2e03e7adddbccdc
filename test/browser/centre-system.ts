import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RunningApp } from './running-app.ts'

const run = promisify(execFile)
const cli = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** A centre's own case system: it has the key that an operator made for it, and nothing but the staff API. */
export const openCentreSystem = async ({ url, dataDir }: RunningApp) => {
  const scopes = ['requests:read', 'requests:write'].flatMap((scope) => ['--scope', scope])
  const { stdout } = await run(process.execPath, [cli, 'key', 'create', '--name', 'cases', ...scopes], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    cwd: dataDir,
  })
  const token = /ryadom_[\w-]+/.exec(stdout)?.[0] ?? ''
  const call = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(`/api/v1${path}`, url), {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    /** The id of the request with this number. */
    idOf: async (number: string): Promise<string> => {
      const { items } = (await call('/requests')) as { items: { id: string; number: string }[] }
      const found = items.find((request) => request.number === number)
      if (!found) throw new Error(`there is no request ${number}`)
      return found.id
    },
    refuse: (id: string, decision: { reason: string; instead: string }) =>
      call(`/requests/${id}/transition`, { to: 'closed', outcome: 'refused', decision }),
  }
}
