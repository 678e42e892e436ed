// Calls a procedure that must fail and gives what the browser would find in error.data.app.

import { TRPCError } from '@trpc/server'
import type { ApiErrorData } from '@/server/core/api-types'
import { describeError } from '../error-shape'

export async function callFailing(call: Promise<unknown>): Promise<ApiErrorData> {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCError) return describeError(error)
    throw error
  }
  throw new Error('the call succeeded')
}
