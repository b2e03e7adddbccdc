import type { Configuration } from 'openid-client'

/** The centre's own sign-in (OpenID Connect), and which of its claims says who somebody is. */
export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; claim: string }

/** What the browser keeps, sealed, while it is at the centre's sign-in. */
export type OidcAttempt = { state: string; nonce: string; verifier: string }

const timeoutSeconds = 10

/** Loaded when somebody signs in this way. */
const library = () => import('openid-client')

/** The way to the centre's sign-in and back: authorization code with PKCE, `state` and `nonce`. */
export const createOidc = ({ issuer, clientId, clientSecret, claim }: OidcSettings) => {
  let found: Promise<Configuration> | undefined
  /** What the issuer says of itself; asked again after a failure. */
  const configuration = () => {
    found ??= discover().catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  const discover = async () => {
    const { discovery, allowInsecureRequests } = await library()
    const url = new URL(issuer)
    // Without TLS inside the centre's network only; `config.ts` refuses it elsewhere.
    const execute = url.protocol === 'http:' ? [allowInsecureRequests] : []
    return discovery(url, clientId, clientSecret, undefined, { execute, timeout: timeoutSeconds })
  }
  return {
    /** Where to send the browser, and what it must bring back. */
    begin: async (redirectUri: string): Promise<{ url: string; attempt: OidcAttempt }> => {
      const config = await configuration()
      const oidc = await library()
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: claim === 'sub' ? 'openid' : 'openid profile email',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, attempt }
    },
    /** What the issuer says of whoever came back; null if it does not vouch for it. Throws if the answer is not valid. */
    finish: async (
      back: URL,
      { state, nonce, verifier }: OidcAttempt,
    ): Promise<{ issuer: string; claim: string; value: string } | null> => {
      const config = await configuration()
      const oidc = await library()
      const tokens = await oidc.authorizationCodeGrant(config, back, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) return null
      const said =
        claims[claim] === undefined
          ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
          : claims
      const value = said[claim]
      const isVouchedFor = claim !== 'email' || said.email_verified === true
      return typeof value === 'string' && value !== '' && isVouchedFor ? { issuer, claim, value } : null
    },
  }
}
