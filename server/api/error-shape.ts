// Turns whatever a procedure threw into what the browser may see: an AppError's code, sentence and field, a rejected input's
// first field, and for anything else only a reference under which the chain is logged. Inner messages never leave.

import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { emptyErrorData, type ApiCommandFailure, type ApiErrorData, type ApiIssue } from '@/server/core/api-types'
import { inputError, inputIssues } from '@/server/core/explain/input-problem'
import { type AppError, errorTraits, isAppError } from '@/server/core/app-error'

type TrpcCode = TRPCError['code']

const codeByStatus: Record<number, TrpcCode> = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  499: 'CLIENT_CLOSED_REQUEST',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
}

/** What tRPC refuses by itself, because of how it was asked. All that is left is a fault of the console. */
const badRequests: Partial<Record<TrpcCode, string>> = {
  BAD_REQUEST: 'The request could not be read.',
  PARSE_ERROR: 'The request could not be read.',
  METHOD_NOT_SUPPORTED: 'Queries and subscriptions are asked with GET, mutations with POST.',
  UNSUPPORTED_MEDIA_TYPE: 'Requests carry JSON (content-type: application/json).',
}

/** Same error, same reference: the log line and the browser must agree. */
const references = new WeakMap<Error, string>()

export function referenceOf(error: Error): string {
  const known = references.get(error)
  if (known) return known
  const reference = randomUUID().slice(0, 8)
  references.set(error, reference)
  return reference
}

export function toTrpcError(error: TRPCError): TRPCError {
  const cause = error.cause
  if (!isAppError(cause)) return error
  const code = codeByStatus[errorTraits[cause.code].httpStatus] ?? 'INTERNAL_SERVER_ERROR'
  return new TRPCError({ code, message: cause.message, cause })
}

export function describeError(error: TRPCError): ApiErrorData {
  const cause = error.cause
  if (isAppError(cause)) return errorTraits[cause.code].isUserFacing ? describeAppError(cause) : describeUnknown(cause)
  if (cause instanceof z.core.$ZodError) return inputError(inputIssues(cause))
  if (error.code === 'NOT_FOUND') return { ...emptyErrorData, code: 'not_found', message: 'There is no such procedure.' }
  const message = badRequests[error.code]
  if (message !== undefined) return { ...emptyErrorData, code: 'invalid_input', message }
  return describeUnknown(cause ?? error)
}

function describeAppError({ code, message, context }: AppError): ApiErrorData {
  return {
    ...emptyErrorData,
    code,
    message,
    isRetryable: errorTraits[code].isRetryable,
    field: context.field ?? null,
    rule: context.rule ?? null,
    objects: context.objects ?? [],
    host: context.host ?? null,
    fingerprint: textOf(context['fingerprint']),
    issues: readIssues(context['issues']),
    command: readCommand(context),
  }
}

function describeUnknown(error: Error): ApiErrorData {
  const reference = referenceOf(error)
  return { ...emptyErrorData, code: 'internal', message: `Something failed inside the console. The log has it as ${reference}.`, reference }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const issueList = z.array(z.object({ field: z.string().nullable(), rule: z.string(), message: z.string() }))
const readIssues = (value: unknown): readonly ApiIssue[] => issueList.safeParse(value).data ?? []

/** Errors about a command carry its result among their context (effects/ssh/ending.ts, reconcile/run-host.ts). */
const commandResult = z.object({
  argv: z.array(z.string()),
  exitCode: z.number().nullable(),
  stdout: z.string().default(''),
  stderr: z.string(),
  durationMs: z.number(),
})
const readCommand = (value: unknown): ApiCommandFailure | null => commandResult.safeParse(value).data ?? null
