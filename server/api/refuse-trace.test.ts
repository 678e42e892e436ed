import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { refuseTrace } from './refuse-trace'

beforeAll(refuseTrace)

let server: Server
afterEach(() => server.close())

/** Of a server that fails on TRACE as Next does. */
async function ask(method: string): Promise<number | undefined> {
  server = createServer(({ method: said, url }, response) => {
    response.statusCode = 500
    if (said !== undefined && new Request(`http://127.0.0.1${url}`, { method: said })) response.statusCode = 200
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) =>
    request({ port, method }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(),
  )
}

it.each([
  ['TRACE', 405],
  ['GET', 200],
  ['HEAD', 200],
])('%s: %i', async (method, status) => expect(await ask(method)).toBe(status))
