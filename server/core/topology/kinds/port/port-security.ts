// Whether the rules of security groups hold for a port, and whose it is that they never hold for.

import type { Port } from './port'

/** A port from before there were groups has none, and is left as it was. */
export const isFiltered = ({ isPortSecurityEnabled, securityGroupIds }: Port): boolean =>
  isPortSecurityEnabled && securityGroupIds !== undefined

/** Neutron's own: of its DHCP servers, routers and floating IPs. */
export const isServicePort = ({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean => deviceOwner.startsWith('network:')
