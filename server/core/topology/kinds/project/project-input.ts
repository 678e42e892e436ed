// Input of projects.

import { z } from 'zod'
import { nameInput, objectOf } from '../../input-shapes'

export const projectInput = objectOf({ name: nameInput })
export type ProjectInput = z.infer<typeof projectInput>
