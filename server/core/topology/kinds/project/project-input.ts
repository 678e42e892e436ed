// Input of projects.

import { z } from 'zod'
import { nameInput } from '../../input-shapes'

export const projectInput = z.object({ name: nameInput })
export type ProjectInput = z.infer<typeof projectInput>
