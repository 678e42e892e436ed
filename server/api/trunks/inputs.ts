// What is asked about the guest's side of a trunk, and of an audit.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { dhcpClients } from '@/server/core/trunk/guest-commands'

export const guestInput = z.object({
  id: idInput,
  /** Subports; all of them when left out. */
  portIds: z.array(idInput).max(4094).optional(),
  dhcpClient: z.enum(dhcpClients).default('udhcpc'),
})

export const listenInput = z.object({
  id: idInput,
  listenS: z.int().min(1).max(60).default(5),
  isGuestAsked: z.boolean().default(true),
})
