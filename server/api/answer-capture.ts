// A capture file as an HTTP answer, read as it is sent.

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { errorTraits, isAppError } from '@/server/core/app-error'
import type { CaptureStore } from '@/server/effects/db/store'

/** IANA media type of pcap files. */
const PCAP = 'application/vnd.tcpdump.pcap'

export async function answerCapture(captures: CaptureStore, id: string): Promise<Response> {
  try {
    const { filePath, fileName } = await captures.get(id)
    const { size } = await stat(filePath)
    const body = Readable.toWeb(createReadStream(filePath)) as ReadableStream<Uint8Array>
    const headers = { 'content-type': PCAP, 'content-length': String(size), 'content-disposition': attachment(fileName), 'cache-control': 'no-store' }
    return new Response(body, { headers })
  } catch (error) {
    return answerFailure(error)
  }
}

/** RFC 6266: the name in ASCII for old programs, and as it is. */
function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^A-Za-z0-9._-]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
}

function answerFailure(error: unknown): Response {
  if (isAppError(error)) return new Response(`${error.message}\n`, { status: errorTraits[error.code].httpStatus })
  const isGone = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'
  if (!isGone) console.error(error)
  return new Response(isGone ? 'The file of this capture is gone.\n' : 'The capture cannot be read.\n', { status: isGone ? 404 : 500 })
}
