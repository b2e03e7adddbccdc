import { checkCall, isMethod, type Params, readParams } from './description.ts'
import { ApiError, errorBody } from './errors.ts'
import type { Method } from './methods/index.ts'
import type { World } from './state.ts'

/** A recorded call; `error` is the refusal. */
export type Call = {
  method: string
  params: Params
  at: Date
  error?: { code: number; description: string }
}

export type Answer = { status: number; retryAfter?: number; body: { ok: boolean; result?: unknown } }

type Wiring = { world: World; methods: Record<string, Method>; onDone: () => void }

const kept = 5000

/**
 * The bot's side: checks the token, injected faults, the API description, then runs the method; records all calls.
 */
export const createCalls = ({ world, methods, onDone }: Wiring) => {
  const calls: Call[] = []
  const refused: Call[] = []
  let inFlight = 0

  const run = async (call: Call, signal?: AbortSignal): Promise<unknown> => {
    const { method, params } = call
    const afterwards = await world.faults.meet(method, params.chat_id)
    const fault = checkCall(method, params)
    if (fault) throw new ApiError(isMethod(method) ? 400 : 404, fault)
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined
    if (!run) throw new ApiError(501, `Not emulated: ${method}`)
    const result = await run(world, params as never, signal)
    await world.faults.answered(method, params.chat_id)
    if (afterwards) throw afterwards
    return result
  }

  const record = (call: Call) => {
    calls.push(call)
    if (calls.length > 2 * kept) calls.splice(0, kept)
  }

  const refuse = (call: Call, error: ApiError) => {
    call.error = { code: error.code, description: error.message }
    const shape = checkCall(call.method, call.params)
    if (call.method === 'getUpdates') record(call)
    if (shape === undefined && error.code !== 501) return
    refused.push(call)
    world.log.warn('sandbox.call-refused', { method: call.method, reason: error.message })
  }

  /** @throws ConnectionLost to simulate a network failure; AbortError when `signal` ends a long poll */
  const execute = async (
    token: string,
    method: string,
    raw: Params,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    if (token !== world.token) return answerOf(new ApiError(401, 'Unauthorized'))
    const call: Call = { method, params: readParams(method, raw), at: world.clock.now() }
    const counts = method !== 'getUpdates'
    if (counts) {
      record(call)
      inFlight += 1
    }
    try {
      return { status: 200, body: { ok: true, result: await run(call, signal) } }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refuse(call, error)
      return answerOf(error)
    } finally {
      if (counts) inFlight -= 1
      onDone()
    }
  }

  return {
    execute,
    /** The latest calls, oldest first; getUpdates only if it was refused. */
    calls,
    /** Calls that violate the Bot API description, or name a method that is not emulated. */
    refused,
    inFlight: () => inFlight,
  }
}

const answerOf = (error: ApiError): Answer => ({
  status: error.code,
  ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  body: errorBody(error),
})
