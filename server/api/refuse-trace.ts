// Next makes a fetch Request of whatever comes, and a Request cannot have the method TRACE (fetch standard, forbidden methods): it fails, and
// answers 500. So that method is answered before Next sees it, where Node tells of each request of its servers (diagnostics_channel).

import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

interface Started {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

export function refuseTrace(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Started
    if (request.method !== 'TRACE') return
    response.writeHead(405, { allow: 'GET, HEAD, POST, OPTIONS' }).end()
    // What goes on with the request writes to nobody.
    request.method = 'HEAD'
  })
}
