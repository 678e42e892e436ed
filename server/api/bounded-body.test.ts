// Over a real connection: what is sent is counted, not what is promised, and the console goes on.

import { once } from 'node:events'
import { createServer, type IncomingMessage, request as send, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerTrpc } from './answer-trpc'
import { MAX_BODY_BYTES, readBounded } from './bounded-body'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let server: Server
let port: number
let taken = 0
beforeAll(async () => {
  temp = await openTempApi()
  server = createServer((incoming, outgoing) => {
    const { url, method, headers } = incoming
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, out) => ((taken += chunk.byteLength), out.enqueue(chunk)),
    })
    const body = (Readable.toWeb(incoming) as ReadableStream<Uint8Array>).pipeThrough(counted)
    const init: RequestInit & { duplex: 'half' } = {
      method: method ?? '',
      headers: headers as Record<string, string>,
      body,
      duplex: 'half',
    }
    void answerTrpc(new Request(`http://127.0.0.1:${port}${url}`, init), () => temp.ctx).then(async (answer) => {
      outgoing.writeHead(answer.status).end(await answer.text())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await temp.remove()
})

/** Sends chunks until it is answered; without a length it is sent in pieces of unknown number (chunked). */
async function post(
  name: string,
  { length, chunks = [] }: { length?: number; chunks?: Iterable<Buffer> },
): Promise<{ status: number; text: string }> {
  taken = 0
  const sizes = length === undefined ? {} : { 'content-length': length }
  const outgoing = send({
    agent: false,
    port,
    host: '127.0.0.1',
    path: `/api/trpc/${name}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sizes },
  })
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
  outgoing.on('error', () => undefined)
  outgoing.flushHeaders()
  let isAnswered = false
  void answered.then(() => (isAnswered = true))
  for (const chunk of chunks) {
    if (isAnswered) break
    if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain'), answered])
  }
  if (length === undefined) outgoing.end()
  const [incoming] = await answered
  const text = (await incoming.toArray()).map(String).join('')
  outgoing.destroy()
  return { status: incoming.statusCode ?? 0, text }
}

const MIB = 1024 * 1024

it('refuses a length beyond the bound before anything is sent', async () => {
  const { status, text } = await post('projects.create', { length: 150 * MIB })
  expect(status).toBe(413)
  expect(text).toContain('"code":"too_large"')
})

it('counts what comes without a length, and reads no further than the bound', async () => {
  const endless = (function* () {
    for (let count = 0; count < 150; count += 1) yield Buffer.alloc(MIB, '{},')
  })()
  const { status, text } = await post('projects.create', { chunks: endless })
  expect(status).toBe(413)
  expect(text).toContain('"code":"too_large"')
  expect(taken).toBeLessThan(4 * MIB)
  expect(await temp.api.projects.list()).toEqual([])
})

it('a batch is one request: its sum counts', async () => {
  const body = Buffer.from(JSON.stringify(Object.fromEntries([0, 1].map((index) => [index, { name: 'x'.repeat(0.6 * MIB) }]))))
  expect((await post('projects.create,projects.create?batch=1', { chunks: [body] })).status).toBe(413)
})

it('takes what is legal, up to the last byte', async () => {
  const padded = (size: number) => new Request('http://127.0.0.1/', { method: 'POST', body: 'x'.repeat(size) })
  expect(await (await readBounded(padded(MAX_BODY_BYTES))).text()).toHaveLength(MAX_BODY_BYTES)
  await expect(readBounded(padded(MAX_BODY_BYTES + 1))).rejects.toMatchObject({ code: 'too_large' })
  const id = '00000000-0000-4000-8000-00000000000a'
  const subPorts = Array.from({ length: 4094 }, (_, index) => ({ portId: id, segmentationType: 'vlan', segmentationId: index + 1 }))
  expect(JSON.stringify({ id, subPorts }).length).toBeLessThan(MAX_BODY_BYTES / 2)
  expect((await post('projects.create', { chunks: [Buffer.from(JSON.stringify({ name: 'demo' }))] })).status).toBe(200)
})
