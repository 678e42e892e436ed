// Input of nested uplinks.

import type { z } from 'zod'
import { idInput, objectOf } from '../../input-shapes'

export const uplinkInput = objectOf({
  vmId: idInput,
  /** Whose provider bridge on the VM's host it is plugged into. */
  physicalNetworkId: idInput,
})
export type UplinkInput = z.infer<typeof uplinkInput>
