// Inputs of VMs.

import { z } from 'zod'
import { idInput, nameInput, objectOf, patchOf, textInput } from '../../input-shapes'
import { groupIdsInput } from '../port/port-input'

const vmBootInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('kernel'),
    kernel: textInput,
    initrd: textInput,
    cmdline: textInput.default('console=ttyS0'),
    /** A root disk, for a guest that does not live in its initial RAM disk alone. */
    disk: z.object({ path: textInput, format: z.enum(['qcow2', 'raw']), isReadOnly: z.boolean().default(false) }).optional(),
  }),
  z.object({ kind: z.literal('disk'), path: textInput, format: z.enum(['qcow2', 'raw']) }),
])

/** A new port in a network, or a port that is there already (a trunk's parent; in a change, also one that the VM has). */
const nicsInput = z.array(z.union([z.strictObject({ networkId: idInput }), z.strictObject({ portId: idInput })])).max(32)
export type NicInput = z.infer<typeof nicsInput>[number]

export const vmInput = objectOf({
  projectId: idInput,
  name: nameInput,
  /** Left out: one is chosen. */
  hostId: idInput.nullish(),
  availabilityZone: textInput.nullish(),
  hostAggregateId: idInput.nullish(),
  /** One NIC with a new port per network, in this order. */
  networkIds: z.array(idInput).max(32).default([]),
  /** Further NICs, in this order. */
  nics: nicsInput.nullish(),
  /** Of the ports that are made with it. Left out: the `default` group of its project. Empty: nothing passes but DHCP. */
  securityGroupIds: groupIdsInput.nullish(),
  memoryMib: z.int(),
  vcpus: z.int(),
  boot: vmBootInput,
})

export type VmInput = z.output<typeof vmInput>

export const vmPatchInput = patchOf({
  name: nameInput,
  hostId: idInput,
  availabilityZone: textInput.nullable(),
  hostAggregateId: idInput.nullable(),
  /** All of them, in this order: what the VM has and is not named is unplugged. */
  nics: nicsInput,
  memoryMib: z.int(),
  vcpus: z.int(),
  boot: vmBootInput,
})

export type VmPatch = z.output<typeof vmPatchInput>
