// A console asked over HTTP as its pages ask: batched queries, and event streams. Answers are read to their end; nothing is parsed that is not needed,
// since fifty browsers would not share one processor for it.

export interface Asked {
  readonly procedure: string
  readonly input?: unknown
}

/** What httpBatchStreamLink sends for queries of one moment; resolves with the last byte. */
export async function askAll(url: string, asked: readonly Asked[]): Promise<void> {
  const inputs = Object.fromEntries(asked.flatMap(({ input }, index) => (input === undefined ? [] : [[index, input]])))
  const names = asked.map(({ procedure }) => procedure).join(',')
  const response = await fetchAgain(`${url}/api/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`, {
    headers: { 'trpc-accept': 'application/jsonl' },
  })
  const body = await response.arrayBuffer()
  if (!response.ok) throw new Error(`${names}: ${response.status} ${Buffer.from(body).toString('utf8').slice(0, 300)}`)
}

/** A server closes a connection on which nobody asked for a while; who asks on it in that moment asks once more, as browsers do. */
const fetchAgain = (address: string, init: RequestInit): Promise<Response> =>
  fetch(address, init).catch((error: unknown) => (isClosed(error) ? fetch(address, init) : Promise.reject(error)))

const isClosed = (error: unknown): boolean =>
  error instanceof TypeError && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'UND_ERR_SOCKET'

export async function query<Value>(url: string, { procedure, input }: Asked): Promise<Value> {
  const given = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return resultOf<Value>(procedure, await fetch(`${url}/api/trpc/${procedure}${given}`))
}

export async function mutate<Value>(url: string, { procedure, input }: Asked): Promise<Value> {
  const body = input === undefined ? {} : { body: JSON.stringify(input) }
  const headers = { 'content-type': 'application/json' }
  return resultOf<Value>(procedure, await fetch(`${url}/api/trpc/${procedure}`, { method: 'POST', headers, ...body }))
}

async function resultOf<Value>(procedure: string, response: Response): Promise<Value> {
  const answer = (await response.json()) as { readonly result?: { readonly data: Value }; readonly error?: { readonly message: string } }
  if (!response.ok || !answer.result) throw new Error(`${procedure}: ${answer.error?.message ?? response.status}`)
  return answer.result.data
}

/** The data of each event until the stream ends, or is not wanted any more. */
export async function* subscribe<Value>(url: string, { procedure, input }: Asked, signal?: AbortSignal): AsyncGenerator<Value> {
  const response = await fetch(`${url}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input ?? {}))}`, {
    headers: { accept: 'text/event-stream' },
    ...(signal ? { signal } : {}),
  })
  if (!response.ok || !response.body) throw new Error(`${procedure}: ${response.status}`)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${chunk}`.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const [event, data] = [/^event: (.*)$/m.exec(block)?.[1], /^data: (.*)$/m.exec(block)?.[1]]
      if (event === 'return') return
      if (event === undefined && data !== undefined) yield JSON.parse(data) as Value
    }
  }
}
