// A failure as plain text, for what is opened or fetched without tRPC.

import { errorTraits, isAppError } from '@/server/core/app-error'

export function answerFailure(error: unknown): Response {
  if (isAppError(error)) return new Response(`${error.message}\n`, { status: errorTraits[error.code].httpStatus })
  console.error(error)
  return new Response('This cannot be shown. The log of the console says why.\n', { status: 500 })
}
