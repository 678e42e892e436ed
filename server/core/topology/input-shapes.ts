// Shapes shared by the inputs. Shape only: what a value *means* (a legal name, a free VLAN id) is a rule, which
// says which rule is broken and by what. The bounds here merely keep a request from being absurdly large.

import { z } from 'zod'

/** What is wrong with the shape of an input, by code in place of zod's own message; explain/input-problem.ts has the sentences. */
export type InputProblem =
  | 'password-missing'
  | 'private-key-missing'
  | 'key-path-missing'
  | 'key-path-form'
  | 'fingerprint-form'
  | 'address-missing'
  | 'user-missing'
  | 'ssh-port-bounds'
  | 'id-missing'
  | 'id-form'
  | 'end-form'
  | 'text-length'
export const problem = (code: InputProblem): InputProblem => code

const MAX_TEXT = 4096
export const textInput = z.string().max(MAX_TEXT, problem('text-length'))
/** Any text; rules/names.ts decides whether it may be a name. */
export const nameInput = textInput
export const addressInput = z.string().trim().max(MAX_TEXT, problem('text-length'))
export const deviceInput = addressInput
export const idInput = z.guid({ error: ({ input }) => problem(input === '' || input == null ? 'id-missing' : 'id-form') })
/** Any text; description.ts decides. */
const descriptionInput = textInput
export const byId = z.object({ id: idInput })

/** A new object: what its kind takes, and what every object may have. */
export const objectOf = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, description: descriptionInput.optional() })

/**
 * Changes to an object; what is left out stays as it is. `seen` is what its author saw in the fields that are changed: when
 * somebody else has changed one since, the patch is refused (rules/seen-rules.ts).
 */
export const patchOf = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const fields = z.object({ ...shape, description: descriptionInput }).partial()
  return fields.extend({ seen: fields.optional() })
}
