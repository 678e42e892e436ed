// A request with its body read and counted. What is parsed costs time and memory in proportion to its length, and no program
// needs to log in to send it: without a bound one request of 60 MB keeps everybody waiting for half a minute, one of 150 MB ends the process.

import { AppError } from '@/server/core/app-error'

/** The largest legal input, a trunk with 4094 subports, has less than half of it. Parsing this much takes half a second at the worst. */
export const MAX_BODY_BYTES = 1024 * 1024

/** Throws `too_large`, before anything is read when the sender says so, else as soon as there is more than the bound. */
export async function readBounded(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Request> {
  if (request.body === null) return request
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  const body = await readStream(request.body, maxBytes)
  const { url, method, headers, signal } = request
  return new Request(url, { method, headers, signal, body })
}

async function readStream(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream.
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('too_large', `A request may have ${maxBytes / 1024} KiB; this one has more. Nothing of it was done.`)
