/** The start cannot succeed until an operator mends something; the message says what, and is printed as it is. */
export class StartRefused extends Error {
  override name = 'StartRefused'
}
