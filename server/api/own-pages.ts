// The console has no login: who reaches its port may change hosts. It listens on loopback, but a browser there also runs
// pages of strangers, and they can send requests to loopback too (CSRF), or have their own name resolved to it (DNS
// rebinding). So a request that a browser sends is answered only when it comes from a page of this console, opened by a
// name of loopback. Programs such as curl send none of these headers but `host`.

import { AppError } from '@/server/core/app-error'

const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']
const OWN_SITES: readonly (string | null)[] = [null, 'same-origin', 'none']

/** Throws `foreign_page`. Fetch Metadata: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header */
export function assertOwnPage(request: Request): void {
  const { headers } = request
  const host = assertOwnName(request)
  const origin = headers.get('origin')
  if ((origin !== null && originHost(origin) !== host) || !OWN_SITES.includes(headers.get('sec-fetch-site')))
    throw refuse('This request comes from a page of another site.')
  // Forms and beacons of strangers come without asking first (CORS preflight); JSON does not.
  if (request.method === 'POST' && !headers.get('content-type')?.startsWith('application/json')) throw refuse('It takes JSON only.')
}

/**
 * The same for pages. A link on another site, in a ticket say, may lead here: it opens a page in a window of its own, and pages only
 * show. Frames, images and scripts of other sites get nothing.
 */
export function assertPageReader(request: Request): void {
  assertOwnName(request)
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') throw refuse('Pages are only read.')
  const isLink = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  if (!isLink && !OWN_SITES.includes(headers.get('sec-fetch-site'))) throw refuse('This request comes from a page of another site.')
}

function assertOwnName({ headers, url }: Request): string {
  const host = headers.get('host') ?? new URL(url).host
  if (!LOOPBACK_NAMES.includes(host.replace(/:\d*$/, '')))
    throw refuse(`It answers to 127.0.0.1 and localhost only, not to ${host.slice(0, 100)}.`)
  return host
}

const originHost = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

const refuse = (reason: string): AppError => new AppError('foreign_page', `The console refused this request. ${reason}`)
