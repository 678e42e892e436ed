// What the operator gives to register a host or to change one. Secrets pass through here once, on their way to the store.

import { z } from 'zod'
import { addressInput, deviceInput, idInput, nameInput, objectOf, patchOf, problem, textInput } from '../../input-shapes'
import { hostRoles, type Tunnel } from './host'

const secretInput = z.string().max(100_000)

const hostAuthInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), password: secretInput.min(1, problem('password-missing')) }),
  /** The key itself; stored encrypted. */
  z.object({
    kind: z.literal('key'),
    privateKey: secretInput.min(1, problem('private-key-missing')),
    passphrase: secretInput.nullish(),
  }),
  /** A key file on the machine the console runs on; read at connect time, not copied. */
  z.object({
    kind: z.literal('key-file'),
    privateKeyPath: textInput.min(1, problem('key-path-missing')).regex(/^\/\P{Cc}+$/u, problem('key-path-form')),
    passphrase: secretInput.nullish(),
  }),
  /** The SSH agent of the user who runs the console; SSH_AUTH_SOCK when no path is given. */
  z.object({ kind: z.literal('agent'), socketPath: textInput.nullish() }),
])
export type HostAuthInput = z.infer<typeof hostAuthInput>

export const fingerprintInput = z
  .string()
  .trim()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, problem('fingerprint-form'))
  .transform((text) => text.replace(/=$/, ''))

export const sshTargetInput = z.object({
  address: addressInput.min(1, problem('address-missing')),
  port: z.int().min(1, problem('ssh-port-bounds')).max(65_535, problem('ssh-port-bounds')),
})

const roleInput = z.enum(hostRoles)

const tunnelInput = z
  .object({ address: addressInput, prefixLength: z.int(), nic: deviceInput, gatewayIp: addressInput.nullish() })
  .transform(({ gatewayIp, ...tunnel }): Tunnel => (gatewayIp ? { ...tunnel, gatewayIp } : tunnel))
/** A Linux bridge host needs no bridge name; one that is given is dropped. */
const bridgeMappingInput = z.object({
  physicalNetworkId: idInput,
  bridge: z.union([deviceInput, z.literal('')]).default(''),
  nic: deviceInput,
})
const agentKindInput = z.enum(['openvswitch', 'linuxbridge'])

const virtTypeInput = z.enum(['auto', 'kvm', 'qemu'])

export const hostRegistrationInput = objectOf({
  name: nameInput,
  ...sshTargetInput.shape,
  user: nameInput.trim().min(1, problem('user-missing')),
  auth: hostAuthInput,
  /** The key the operator compared. Without one, nothing connects until `hosts.acceptKey`. */
  fingerprint: fingerprintInput.nullish(),
  roles: z.array(roleInput),
  availabilityZone: textInput.default('nova'),
  agentKind: agentKindInput.default('openvswitch'),
  /** Corrected by the probe. */
  datapathType: z.enum(['system', 'netdev']).default('system'),
  virtType: virtTypeInput.default('auto'),
  isReadOnly: z.boolean().default(false),
  isAgentAccepted: z.boolean().default(false),
  hasRestoreUnit: z.boolean().default(true),
  hasBridgeNetfilter: z.boolean().default(false),
  isSchedulable: z.boolean().default(true),
  tunnel: tunnelInput.nullable().default(null),
  bridgeMappings: z.array(bridgeMappingInput).max(64).default([]),
  /** The VM of this design that the host is. */
  vmId: idInput.nullish(),
})
export type ParsedHostRegistration = z.output<typeof hostRegistrationInput>

export const hostPatchInput = patchOf({
  name: nameInput,
  ...sshTargetInput.shape,
  user: nameInput.trim().min(1, problem('user-missing')),
  auth: hostAuthInput,
  roles: z.array(roleInput),
  availabilityZone: textInput,
  agentKind: agentKindInput,
  datapathType: z.enum(['system', 'netdev']),
  virtType: virtTypeInput,
  /** Found by the probe. */
  hasKvm: z.boolean(),
  isReadOnly: z.boolean(),
  isAgentAccepted: z.boolean(),
  hasRestoreUnit: z.boolean(),
  hasBridgeNetfilter: z.boolean(),
  isSchedulable: z.boolean(),
  tunnel: tunnelInput.nullable(),
  bridgeMappings: z.array(bridgeMappingInput).max(64),
  vmId: idInput.nullable(),
})
export type HostPatch = z.infer<typeof hostPatchInput>
