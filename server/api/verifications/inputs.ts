// Inputs of the verifications router.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { pathInput } from '../paths/inputs'

export const verificationById = z.object({ verificationId: idInput })
export const verificationInput = pathInput.extend({ count: z.int().min(1).max(100).optional() })
