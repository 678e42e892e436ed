// The one place where an error of a request is logged, with its whole chain. What the operator did wrong, or a host refused, is not our
// failure and is not logged; the browser has the sentence.

import type { TRPCError } from '@trpc/server'
import type { Logger } from '@/server/effects/log/logger'
import { describeError, referenceOf } from './error-shape'

export const logApiErrors =
  (logger: Logger) =>
  ({ error, path }: { readonly error: TRPCError; readonly path?: string | undefined }): void => {
    // Whatever the browser is sent to the log with must be in it.
    if (describeError(error).code !== 'internal') return
    const err = error.cause ?? error
    logger.error('A request failed inside the console.', { reference: referenceOf(err), path, err })
  }
