// Inputs of projects.

import type { z } from 'zod'
import { nameInput, objectOf, patchOf } from '../../input-shapes'

export const projectInput = objectOf({ name: nameInput })
export const projectPatchInput = patchOf({ name: nameInput })
export type ProjectPatch = z.infer<typeof projectPatchInput>
export type ProjectInput = z.infer<typeof projectInput>
