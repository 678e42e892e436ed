// Inputs of the runs router.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'

export const runById = z.object({ runId: idInput })
