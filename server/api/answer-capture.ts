// A capture file as an HTTP answer, read as it is sent.

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { KeptCapture } from '@/server/effects/capture/capture-store'
import type { Route } from './route'

/** IANA media type of pcap files. */
const PCAP = 'application/vnd.tcpdump.pcap'

export const captureRoute: Route<{ readonly id: string }> = {
  right: 'captures:download',
  answer: async (ctx, { id }) => streamCapture(await ctx.store.captures.find(id)),
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
