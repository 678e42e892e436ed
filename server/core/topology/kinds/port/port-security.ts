// Whether the rules of security groups hold for a port.

import type { Port } from './port'

/** A port from before there were groups has none, and is left as it was. */
export const isFiltered = ({ isPortSecurityEnabled, securityGroupIds }: Port): boolean =>
  isPortSecurityEnabled && securityGroupIds !== undefined
