import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSender } from '#channels/webhooks/send.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'

const mebibyte = Buffer.alloc(1024 * 1024, 'x')

const sendTo = async (receiver: Receiver, answer: Receiver['answer']) => {
  receiver.answer = answer
  const sender = createSender({ allowLoopback: true })
  onTestFinished(() => sender.close())
  return sender.send(receiver.url, { 'webhook-id': 'one' }, '{"a":1}', new AbortController().signal)
}

/** Writes as long as the other side reads. Resolves with the number of bytes when it is closed. */
const pour = (response: ServerResponse, bytes: number): Promise<number> =>
  new Promise((resolve) => {
    let written = 0
    const more = () => {
      while (written < bytes) {
        written += mebibyte.length
        if (!response.write(mebibyte)) return void response.once('drain', more)
      }
      response.end()
    }
    response.on('close', () => resolve(written))
    more()
  })

describe('a receiver', () => {
  test('gets JSON with the given headers', async () => {
    const receiver = await openReceiver()
    expect(await sendTo(receiver, (response) => response.writeHead(202).end('taken'))).toMatchObject({
      status: 202,
      error: null,
      response: 'taken',
    })
    expect(receiver.received).toMatchObject([
      {
        path: '/hook',
        body: '{"a":1}',
        headers: { 'webhook-id': 'one', 'content-type': 'application/json' },
      },
    ])
  })

  test.each([200, 301, 302, 307, 308, 400, 404, 410, 429, 500, 503])(
    'that answers %i is called once, and its status reported',
    async (status) => {
      const receiver = await openReceiver()
      const answer = await sendTo(receiver, (response) =>
        response.writeHead(status, { location: receiver.url, 'retry-after': '7' }).end('words'),
      )
      expect(answer).toMatchObject({ status, error: null, response: 'words', retryAfter: '7' })
      expect(receiver.received).toHaveLength(1)
    },
  )

  test('with a response of 1 GiB is cut off after 64 KiB', async () => {
    const receiver = await openReceiver()
    const poured = Promise.withResolvers<number>()
    const answer = await sendTo(receiver, (response) => {
      response.writeHead(200)
      pour(response, 1024 * mebibyte.length).then(poured.resolve)
    })
    expect(answer).toMatchObject({ status: 200, error: null })
    expect(answer.response).toHaveLength(4096)
    // The socket's buffers, far from all of it.
    expect(await poured.promise).toBeLessThan(32 * mebibyte.length)
  })

  test('with control characters and half a character in its response is stored as text', async () => {
    const receiver = await openReceiver()
    const words = Buffer.concat([
      Buffer.from('a\u0000b\u001b[31mc\n'),
      Buffer.from('я'.repeat(3000)),
      Buffer.from([0xff]),
    ])
    const { response } = await sendTo(receiver, (answer) => answer.writeHead(200).end(words))
    expect(response).toMatch(/^ab\[31mc\nя+$/)
    expect(Buffer.byteLength(response ?? '')).toBeLessThanOrEqual(4096)
  })

  test('that disconnects before or during its response counts as no response', async () => {
    const receiver = await openReceiver()
    expect(await sendTo(receiver, (response) => response.socket?.resetAndDestroy())).toMatchObject({
      status: null,
      error: 'broken-off',
    })
    const halfway = await sendTo(receiver, (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half')
      setImmediate(() => response.socket?.resetAndDestroy())
    })
    expect(halfway).toMatchObject({ status: null, error: 'broken-off' })
  })

  test('that does not speak HTTP, or sends excessive headers, counts as no response', async () => {
    const receiver = await openReceiver()
    const rubbish = await sendTo(receiver, (response) => response.socket?.end('rubbish\r\n\r\n'))
    expect(rubbish).toMatchObject({ status: null, error: 'unreadable' })
    const headers = { 'x-long': 'x'.repeat(64 * 1024) }
    expect(await sendTo(receiver, (response) => response.writeHead(200, headers).end())).toMatchObject({
      status: null,
      error: 'unreadable',
    })
  })

  test('that does not exist', async () => {
    const sender = createSender({ allowLoopback: true })
    onTestFinished(() => sender.close())
    const answer = await sender.send('http://127.0.0.1:1/', {}, '{}', new AbortController().signal)
    expect(answer).toMatchObject({ status: null, error: 'not-connected' })
  })

  test('that hangs or trickles is cut off after 15 s in total', async () => {
    const [hanging, dripping] = [await openReceiver(), await openReceiver()]
    const drip = (response: ServerResponse) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 500)
      response.on('close', () => clearInterval(timer))
    }
    const answers = await Promise.all([sendTo(hanging, () => undefined), sendTo(dripping, drip)])
    for (const answer of answers) expect(answer).toMatchObject({ status: null, error: 'timeout' })
  })

  test('is disconnected at once when the product stops', async () => {
    const receiver = await openReceiver()
    const stop = new AbortController()
    receiver.answer = () => stop.abort()
    const sender = createSender({ allowLoopback: true })
    onTestFinished(() => sender.close())
    await expect(sender.send(receiver.url, {}, '{}', stop.signal)).rejects.toThrow()
  })
})
