// The one place where an error's whole chain is logged. What the operator did wrong, or a host refused, is not our failure
// and is not logged; the browser has the sentence.

import type { TRPCError } from '@trpc/server'
import { errorTraits, isAppError } from '@/server/core/app-error'
import { referenceOf } from './error-shape'

export function logApiError({ error, path }: { readonly error: TRPCError; readonly path?: string | undefined }): void {
  const { cause } = error
  if (isAppError(cause) && errorTraits[cause.code].isUserFacing) return
  if (error.code !== 'INTERNAL_SERVER_ERROR') return
  console.error(`[${referenceOf(cause ?? error)}] ${path ?? ''}`, cause ?? error)
}
