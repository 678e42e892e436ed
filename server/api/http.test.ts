// The API as the browser meets it: over HTTP, with error data and server-sent events that resume.

import { afterEach, expect, it } from 'vitest'
import type { RunEvent } from '@/server/core/plan/run'
import { phaseEvent } from '@/server/effects/db/testing/records'
import { captureRoute } from './answer-capture'
import { answerTrpc } from './answer-trpc'
import { answerRoute } from './route'
import { openTempApi, type TempApi } from './testing/temp-api'

const runId = '00000000-0000-4000-8000-00000000000a'
const anotherId = '00000000-0000-4000-8000-00000000000b'
let temp: TempApi
afterEach(() => temp.remove())

const consoleUrl = 'http://127.0.0.1:3000'

const handle = (path: string, init?: RequestInit): Promise<Response> =>
  answerTrpc(new Request(`${consoleUrl}/api/trpc/${path}`, init), () => temp.ctx)

const getCapture = (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  answerRoute(captureRoute, new Request(consoleUrl, { headers }), { id }, () => temp.ctx)

const post = (path: string, input: unknown) =>
  handle(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) })

const withInput = (path: string, input: unknown) => `${path}?input=${encodeURIComponent(JSON.stringify(input))}`

/** Ids of what is told, as it comes. */
async function* eventsOf(response: Response): AsyncGenerator<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let count = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += value
      const ids = [...text.matchAll(/^id: (.*)$/gm)].map((match) => match[1]!)
      yield* ids.slice(count)
      count = ids.length
    }
  } finally {
    await reader.cancel()
  }
}

async function readEvents(response: Response, count: number): Promise<string[]> {
  const ids: string[] = []
  for await (const id of eventsOf(response)) if (ids.push(id) === count) break
  return ids
}

it('tells code, field, rule and objects with the right status, and no stack', async () => {
  temp = await openTempApi()
  await post('projects.create', { name: 'demo' })
  const response = await post('projects.create', { name: 'demo' })
  expect(response.status).toBe(409)
  const body = (await response.json()) as { error: { message: string; data: Record<string, unknown> } }
  expect(body.error.data['app']).toMatchObject({ code: 'conflict', field: 'name', rule: 'name-unique', objects: ['demo'] })
  expect(JSON.stringify(body)).not.toContain('.ts:')
})

it.each([
  ['projects.create', { name: '' }, 400],
  ['projects.create', { name: 7 }, 400],
  ['projects.remove', { id: runId }, 404],
  ['nothing.atAll', {}, 404],
  ['plans.create', undefined, 502],
])('%s with %j answers %i', async (path, input, status) => {
  temp = await openTempApi()
  expect((await post(path, input)).status).toBe(status)
})

it('a request that is no JSON is refused politely', async () => {
  temp = await openTempApi()
  const response = await handle('projects.create', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
  expect(response.status).toBe(400)
  expect(JSON.stringify(await response.json())).toContain('"code":"invalid_input"')
})

const appErrorOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { error: { data: { app: unknown } } }).error.data.app

it.each([
  ['GET for a mutation', 'projects.create', { method: 'GET' }, 405, /GET.*POST/],
  ['text in place of JSON', 'changes.discard', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 415, /JSON/],
  [
    'more procedures than a batch may have',
    `${Array(51).fill('projects.list').join(',')}?batch=1`,
    { method: 'GET' },
    400,
    /could not be read/,
  ],
])('%s is the sender’s mistake, and says so', async (_, path, init, status, message) => {
  temp = await openTempApi()
  const response = await handle(path, init)
  expect(response.status).toBe(status)
  expect(await appErrorOf(response)).toMatchObject({ code: 'invalid_input', reference: null, message: expect.stringMatching(message) })
  expect(temp.logged).toEqual([])
})

it('what the browser is sent to the log for is in it', async () => {
  temp = await openTempApi({ createPlan: () => Promise.reject(new Error('a fault of ours')) })
  const { reference } = (await appErrorOf(await post('plans.create', undefined))) as { reference: string }
  expect(temp.logged).toEqual([
    {
      level: 'error',
      message: expect.any(String),
      fields: { reference, path: 'plans.create', err: expect.objectContaining({ message: 'a fault of ours' }) },
    },
  ])
})

it('streams the events of a run from where the browser stopped', async () => {
  const seen: number[] = []
  async function* events(afterSeq: number): AsyncGenerator<RunEvent> {
    seen.push(afterSeq)
    for (let seq = afterSeq + 1; seq <= 3; seq += 1) yield phaseEvent(runId, seq)
  }
  temp = await openTempApi({ watchRun: (_, afterSeq) => events(afterSeq) })
  const path = withInput('runs.watch', { runId })
  const accept = { accept: 'text/event-stream' }
  expect(await readEvents(await handle(path, { headers: accept }), 4)).toEqual(['0', '1', '2', '3'])
  expect(await readEvents(await handle(path, { headers: { ...accept, 'last-event-id': '2' } }), 1)).toEqual(['3'])
  expect(seen).toEqual([-1, 2])
})

it('tells watchers of the topology when the design changes', async () => {
  temp = await openTempApi()
  const controller = new AbortController()
  const response = await handle('topology.watch', { headers: { accept: 'text/event-stream' }, signal: controller.signal })
  const ticks = eventsOf(response)
  expect((await ticks.next()).done).toBe(false)
  await temp.api.projects.create({ name: 'news' })
  expect((await ticks.next()).done).toBe(false)
  controller.abort()
})

it('hands out a kept capture, and nothing else', async () => {
  temp = await openTempApi()
  const packet = { timestampUs: 0, originalLength: 4, data: new Uint8Array([1, 2, 3, 4]) }
  await temp.store.captures.save(runId, [packet], 256)
  const answer = await getCapture(runId)
  expect(answer.headers.get('content-type')).toBe('application/vnd.tcpdump.pcap')
  expect(Number(answer.headers.get('content-length'))).toBe((await answer.arrayBuffer()).byteLength)
  for (const id of ['../secret.key', 'secret', '..%2ftapline.db', anotherId]) expect((await getCapture(id)).status).toBe(404)
})

const json = { 'content-type': 'application/json' }

it.each([
  ['a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, new FormData()],
  ['a form of a browser that says nothing of itself', {}, new FormData()],
  ['a page on another port', { ...json, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' }, undefined],
  ['a page without an origin', { ...json, origin: 'null' }, undefined],
  [
    'a name resolved anew to loopback',
    { ...json, host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
    undefined,
  ],
  ['a name that begins like ours', { ...json, host: 'localhost.evil.example' }, undefined],
])('%s discards nothing', async (_, headers, body) => {
  temp = await openTempApi()
  await temp.api.projects.create({ name: 'kept' })
  const response = await handle('changes.discard', { method: 'POST', headers, ...(body && { body }) })
  expect(response.status).toBe(403)
  expect(JSON.stringify(await response.json())).toContain('"code":"foreign_page"')
  expect(await temp.api.projects.list()).toHaveLength(1)
})

it.each([
  ['a page of its own', { host: '127.0.0.1:3000', origin: consoleUrl, 'sec-fetch-site': 'same-origin' }],
  ['a page opened through a tunnel', { host: 'localhost:8443', origin: 'http://localhost:8443', 'sec-fetch-site': 'same-origin' }],
  ['a page opened by an IPv6 address', { host: '[::1]:3000', origin: 'http://[::1]:3000' }],
  ['a program', {}],
])('%s is answered', async (_, headers) => {
  temp = await openTempApi()
  expect((await handle('changes.discard', { method: 'POST', headers: { ...json, ...headers } })).status).toBe(200)
})

it('a foreign page is refused before its body is read', async () => {
  temp = await openTempApi()
  const body = new ReadableStream({ pull: () => expect.fail('the body was read') }, { highWaterMark: 0 })
  const headers = { ...json, 'sec-fetch-site': 'cross-site' }
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  expect((await handle('projects.create', init)).status).toBe(403)
})

it('hands out no capture to a page of another site', async () => {
  temp = await openTempApi()
  expect((await getCapture(runId, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

/** As a browser sends questions of one moment, with how often the design was read for them. */
async function openCounted() {
  temp = await openTempApi()
  const reads = { count: 0 }
  const loadDesign = () => {
    reads.count += 1
    return temp.store.loadDesign()
  }
  const ctx = { ...temp.ctx, store: { ...temp.store, loadDesign } }
  const headers = { 'trpc-accept': 'application/jsonl' }
  const url = `${consoleUrl}/api/trpc/changes.list,topology.get?batch=1&input=%7B%7D`
  const ask = async () => (await answerTrpc(new Request(url, { headers }), () => ctx)).text()
  return { ask, reads }
}

it('fifty pages that ask the same at once are answered by two readings', async () => {
  const { ask, reads } = await openCounted()
  await temp.api.projects.create({ name: 'shown' })
  const answers = await Promise.all(Array.from({ length: 50 }, ask))
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('"shown"')
  // Two questions in each request.
  expect(reads.count).toBe(4)
})

it('whoever asks after an edit is told of it, though others asked before and have no answer yet', async () => {
  const { ask } = await openCounted()
  const early = [ask(), ask()]
  await temp.api.projects.create({ name: 'late' })
  expect(await ask()).toContain('"late"')
  await Promise.all(early)
})

it('a question that nobody knows, and one that is refused, are told so each time', async () => {
  temp = await openTempApi()
  for (const path of ['changes.list,nothing.atAll?batch=1', withInput('networks.get', { id: anotherId })]) {
    const [first, second] = await Promise.all([handle(path), handle(path)])
    expect(second.status).toBe(first.status)
    const told = await first.text()
    expect(told).toContain('"code":"not_found"')
    expect(await second.text()).toBe(told)
  }
})
