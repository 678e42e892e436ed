// What is asked about the guest's side of a trunk.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/inputs/common'
import { dhcpClients } from '@/server/core/trunk/guest-commands'

export const guestInput = z.object({
  id: idInput,
  /** Subports; all of them when left out. */
  portIds: z.array(idInput).max(4094).optional(),
  dhcpClient: z.enum(dhcpClients).default('udhcpc'),
})
