// A full disk in the words of whoever met it: the system, or SQLite as Prisma passes it on.

import { z } from 'zod'

const systemCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']
/** SQLITE_FULL, https://www.sqlite.org/rescode.html#full */
const SQLITE_FULL = 13

const prismaError = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: z.object({ extendedCode: z.number() }) }) }) })

export function isDiskFull(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && systemCodes.includes(error.code)) return true
  return prismaError.safeParse(error).data?.meta.driverAdapterError.cause.extendedCode === SQLITE_FULL
}
