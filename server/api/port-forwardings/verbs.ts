// What is asked of port forwardings instead of the plain verbs; each has its own file.

import { getPortForwarding } from './get'
import { listPortForwardings } from './list'

export const portForwardingVerbs = { list: listPortForwardings, get: getPortForwarding }
