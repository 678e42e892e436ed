// What chains and sets of security groups are called: as Neutron calls them, behind a beginning of ours (docs/reference/security-groups.md).

import { CHAIN_PREFIX } from '../../host/iptables'
import type { SecurityGroup } from '../../topology/kinds/security-group/security-group'
import type { Port } from '../../topology/kinds/port/port'

/** The kernel allows chains 28 characters; 10 are Neutron's length. */
const PORT_DIGITS = 10
/** So that a set's name has 29 characters (host/ipset.ts). */
const GROUP_DIGITS = 20

const portChain = (letter: string, { id }: Pick<Port, 'id'>): string => `${CHAIN_PREFIX}${letter}${id.slice(0, PORT_DIGITS)}`
/** To the VM. */
export const ingressChain = (port: Pick<Port, 'id'>): string => portChain('i', port)
/** From the VM. */
export const egressChain = (port: Pick<Port, 'id'>): string => portChain('o', port)
/** Addresses that the VM may send from. */
export const sourceChain = (port: Pick<Port, 'id'>): string => portChain('s', port)

/** In which each packet of a port goes through the chains of that port; what they return is accepted at its end. */
export const GROUP_CHAIN = `${CHAIN_PREFIX}sg-chain`
/** Where what no rule allows is dropped, and counted. */
export const FALLBACK_CHAIN = `${CHAIN_PREFIX}sg-fallback`

export type Family = 'ipv4' | 'ipv6'
/** Of the members of a group, as a rule of another one means them. */
export const memberSet = ({ id }: Pick<SecurityGroup, 'id'>, family: Family): string =>
  `${CHAIN_PREFIX}${family === 'ipv4' ? 4 : 6}${id.slice(0, GROUP_DIGITS)}`
