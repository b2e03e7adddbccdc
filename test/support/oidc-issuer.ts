import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'

const client = { clientId: 'ryadom', clientSecret: 'a-secret-of-the-tests-of-sign-in' }

/**
 * A centre's sign-in: a real OpenID provider on this machine, in which somebody is signed in as soon as they come. `backTo` is
 * asked when the browser comes, because the app starts later.
 */
export const openIssuer = async (backTo: () => string) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let who = { sub: 'nobody', email: 'nobody@centre.example', email_verified: true }
  let provider: Provider | undefined
  const open = () => {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: client.clientId,
          client_secret: client.clientSecret,
          redirect_uris: [`${backTo()}/console/enter/oidc/back`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...who, sub }) }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new made.Grant({ clientId: client.clientId, accountId: oidc.session?.accountId ?? '' })
        grant.addOIDCScope('openid profile email')
        await grant.save()
        return grant
      },
      interactions: { url: (_, { uid }) => `/signed-in/${uid}` },
      cookies: { keys: ['a-key-of-the-tests'] },
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    })
    return made
  }
  server.on('request', async (request, answer) => {
    provider ??= open()
    if (!request.url?.startsWith('/signed-in/')) return provider.callback()(request, answer)
    await provider.interactionFinished(request, answer, { login: { accountId: who.sub } })
  })
  return {
    settings: (claim: string) => ({ issuer, ...client, claim }),
    /** Who comes next. */
    is: (next: Partial<typeof who>) => {
      who = { ...who, ...next }
    },
  }
}

/** A browser's way through the sign-in, from an address to the one that leads back. */
export const walkThrough = async (from: string, stopAt: string): Promise<string> => {
  const jar = new Map<string, string>()
  let url = new URL(from)
  for (let steps = 0; steps < 10; steps += 1) {
    if (url.href.startsWith(stopAt)) return `${url.pathname}${url.search}`
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to === null) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    url = new URL(to, url)
  }
  throw new Error('the sign-in leads nowhere')
}
