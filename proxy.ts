// Next asks this before it answers a page: whether the page is for whoever asks, and what it may do in the browser. The API has its own
// checks (server/api/answer-trpc.ts), where a body is counted while it comes.

import { type NextRequest, NextResponse } from 'next/server'
import { AppError, isAppError } from './server/core/app-error'
import { answerFailure } from './server/api/answer-failure'
import { assertPageReader } from './server/api/own-pages'
import { policyOfPage } from './server/api/page-headers'

export const config = { matcher: '/((?!api/trpc/|_next/).*)' }

export function proxy(request: NextRequest): Response {
  try {
    assertPageReader(request)
    // Next itself fails on an address that is no UTF-8.
    if (!isReadable(request.nextUrl.pathname)) throw new AppError('not_found', 'There is nothing at this address.')
    if (request.nextUrl.pathname.startsWith('/api/')) return NextResponse.next()
  } catch (error) {
    if (!isAppError(error)) throw error
    return answerFailure(error)
  }
  const policy = policyOfPage(crypto.randomUUID(), process.env.NODE_ENV === 'development')
  // Next reads the nonce from the request.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address)
    return true
  } catch {
    return false
  }
}
