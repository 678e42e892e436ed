// The one place where an error's whole chain is logged. What the operator did wrong, or a host refused, is not our failure
// and is not logged; the browser has the sentence.

import type { TRPCError } from '@trpc/server'
import { describeError, referenceOf } from './error-shape'

export function logApiError({ error, path }: { readonly error: TRPCError; readonly path?: string | undefined }): void {
  // Whatever the browser is sent to the log with must be in it.
  if (describeError(error).code !== 'internal') return
  const chain = error.cause ?? error
  console.error(`[${referenceOf(chain)}] ${path ?? ''}`, chain)
}
