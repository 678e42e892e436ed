// Whatever a request failed with → the AppError inside it. Pure; forms and notes read only its result.

import type { ErrorInfo } from '@/components/ui/ErrorNote'
import { emptyErrorData, type ApiErrorData, type ApiIssue } from '@/server/core/api-types'
import { errorTraits } from '@/server/core/app-error'
import { inputError } from '@/server/core/explain/input-problem'

export type ClientError = ApiErrorData & Pick<ErrorInfo, 'advice'>

const SILENT: ClientError = {
  ...emptyErrorData,
  code: 'internal',
  message: 'The console’s server did not answer.',
  advice: 'Check that it runs and that this browser still reaches it, then try again.',
  isRetryable: true,
}

export function appError(error: unknown): ClientError {
  const data = readKey(error, 'data')
  const app = readKey(data, 'app')
  if (isApiErrorData(app)) return app
  // A procedure answered without our shape (a proxy, another server): its sentence is all there is.
  const message = readKey(error, 'message')
  if (data && typeof message === 'string') return { ...SILENT, message, isRetryable: false }
  return SILENT
}

/** The message for one field of a form, from the server's issues. Updates name their fields below `patch`. */
export function fieldError(error: unknown, field: string): string | null {
  if (!error) return null
  return printIssue(issuesOf(error).find((each) => each.field !== null && belongsTo(each.field, field)))
}

/** The message for a group of fields as a whole, not for one inside of it. */
export function groupError(error: unknown, field: string): string | null {
  if (!error) return null
  return printIssue(issuesOf(error).find((each) => each.field !== null && bareField(each.field) === field))
}

/** A rule of the design has a name, by which the documents tell of it; that of the input's shape says nothing. */
function printIssue(issue: ApiIssue | undefined): string | null {
  if (!issue) return null
  return issue.rule === 'shape' ? issue.message : `${issue.message} (rule ${issue.rule})`
}

/** The error, unless it was shown at one of the form's fields. */
export function unplacedError(error: unknown, fields: readonly string[]): ClientError | null {
  if (!error) return null
  const isPlaced = fields.some((field) => fieldError(error, field) !== null)
  return isPlaced ? null : appError(error)
}

/** What a form finds by itself and what the server answered, as one error: the fields show whichever is theirs, the form's own first. */
export function joinErrors(found: readonly ApiIssue[], answer: unknown): unknown {
  return found.length === 0 ? answer : { data: { app: inputError([...found, ...(answer ? issuesOf(answer) : [])]) } }
}

function issuesOf(error: unknown): readonly ApiIssue[] {
  const { issues, field, rule, message } = appError(error)
  return issues.length > 0 ? issues : [{ field, rule: rule ?? 'shape', message }]
}

const bareField = (issueField: string): string => issueField.replace(/^patch\./, '')

export function belongsTo(issueField: string, field: string): boolean {
  const bare = bareField(issueField)
  return bare === field || bare.startsWith(`${field}.`)
}

function readKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function isApiErrorData(value: unknown): value is ApiErrorData {
  const code = readKey(value, 'code')
  return typeof code === 'string' && code in errorTraits && typeof readKey(value, 'message') === 'string'
}
