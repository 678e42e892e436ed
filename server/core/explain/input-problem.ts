// What is wrong with the shape of an input, in words: codes of ours, or what zod itself says. The API answers so, and a form says it before it asks.

import type { z } from 'zod'
import { emptyErrorData, type ApiErrorData, type ApiIssue } from '../api-types'
import type { InputProblem } from '../topology/input-shapes'
import { kindNames, kindOf } from '../topology/kinds/kinds'
import { withArticle } from './words'

const messages: Record<InputProblem, string> = {
  'password-missing': 'Give the password.',
  'private-key-missing': 'Paste the private key.',
  'key-path-missing': 'Give the path of the key file.',
  'key-path-form': 'The key file is an absolute path on the console’s machine, such as /home/me/.ssh/id_ed25519.',
  'fingerprint-form': 'A fingerprint looks like SHA256: and 43 letters, as ssh-keygen -l prints it.',
  'address-missing': 'Give an address.',
  'user-missing': 'Give the login name.',
  'ssh-port-bounds': 'An SSH port is a number from 1 to 65535.',
  'id-missing': 'Choose one.',
  'text-length': 'A text has at most 4096 characters.',
  'end-form': 'An end is the id of a port or of a floating IP, or an IPv4 address such as 198.51.100.10.',
  'id-form': 'An id is a UUID, such as 9f9c98cb-1358-4a1c-8f0e-2d5a7b6c4e01.',
}

const isOurs = (message: string): message is InputProblem => Object.hasOwn(messages, message)

function explainInputProblem(message: string, name: PropertyKey | undefined): string {
  const kind = kindNames.find((each) => name === `${each}Id`)
  if (message === 'id-missing' && kind) return `Choose ${withArticle(kindOf(kind).words.one)}.`
  return isOurs(message) ? messages[message] : message
}

export const inputIssues = ({ issues }: z.core.$ZodError): readonly ApiIssue[] =>
  issues.map(({ path, message }) => ({ field: fieldOf(path), rule: 'shape', message: explainInputProblem(message, path.at(-1)) }))

/** The rules know no `patch`: a form's field has one name, whether the object is made or changed. */
const fieldOf = (path: readonly PropertyKey[]): string | null =>
  path
    .map(String)
    .join('.')
    .replace(/^patch\./, '') || null

export function inputError(issues: readonly ApiIssue[]): ApiErrorData {
  const [first] = issues
  return {
    ...emptyErrorData,
    code: 'invalid_input',
    message: first?.message ?? 'The input is not valid.',
    field: first?.field ?? null,
    rule: first?.rule ?? 'shape',
    issues,
  }
}
