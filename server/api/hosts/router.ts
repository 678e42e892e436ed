// Index of verbs; each has its own file.

import { router } from '../trpc'
import { adoptHost } from './adopt'
import { acceptHostKey } from './accept-key'
import { getHost } from './get'
import { hostInside } from './inside'
import { listHosts } from './list'
import { observeHost } from './observe'
import { probeHost } from './probe'
import { readHostKey } from './read-key'
import { registerHost } from './register'
import { removeHost } from './remove'
import { setHostPrepared } from './set-prepared'
import { updateHost } from './update'

export const hostsRouter = router({
  list: listHosts,
  get: getHost,
  readKey: readHostKey,
  register: registerHost,
  update: updateHost,
  remove: removeHost,
  setPrepared: setHostPrepared,
  acceptKey: acceptHostKey,
  adopt: adoptHost,
  probe: probeHost,
  observe: observeHost,
  inside: hostInside,
})
