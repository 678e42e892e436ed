// A capture file as an HTTP answer, read as it is sent.

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { errorTraits, isAppError } from '@/server/core/app-error'
import type { CaptureStore, KeptCapture } from '@/server/effects/capture/capture-store'
import { assertOwnPage } from './own-pages'

/** IANA media type of pcap files. */
const PCAP = 'application/vnd.tcpdump.pcap'

export async function answerCapture(request: Request, captures: CaptureStore, id: string): Promise<Response> {
  try {
    assertOwnPage(request)
    return streamCapture(await captures.find(id))
  } catch (error) {
    return answerFailure(error)
  }
}

function streamCapture({ id, filePath, sizeBytes }: KeptCapture): Response {
  const body = Readable.toWeb(createReadStream(filePath)) as ReadableStream<Uint8Array>
  const headers = {
    'content-type': PCAP,
    'content-length': String(sizeBytes),
    'content-disposition': `attachment; filename="${id}.pcap"`,
    'cache-control': 'no-store',
  }
  return new Response(body, { headers })
}

function answerFailure(error: unknown): Response {
  if (isAppError(error)) return new Response(`${error.message}\n`, { status: errorTraits[error.code].httpStatus })
  console.error(error)
  return new Response('The capture cannot be read.\n', { status: 500 })
}
