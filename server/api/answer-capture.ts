// A capture file as an HTTP answer, read as it is sent.

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { CaptureStore, KeptCapture } from '@/server/effects/capture/capture-store'
import { answerFailure } from './answer-failure'
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
