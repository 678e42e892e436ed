// The way to a machine behind the physical network, such as a VM that is a host itself: a listener on this machine's loopback
// which steps into the outside client's network for each connection. It lives in that node and ends with the lab.

import { createServer, type AddressInfo } from 'node:net'
import { LabError } from './errors'
import { requireNode } from './exec'
import { listen, readListenerProblem } from './host/sshd'
import { outside } from './topology'
import { waitFor } from './wait'

/** Gives the port on 127.0.0.1. Whether anybody answers at the other end is not its matter. */
export async function labRelay(lab: string, address: string, port: number): Promise<number> {
  // busybox nc takes a name too; an address is what a caller has, and nothing else may become an option of it.
  if (!/^\d+(\.\d+){3}$/.test(address)) throw new LabError(`not an IPv4 address: ${address}`)
  const sshPort = await freePort()
  await listen({ keeper: requireNode(lab, outside.name), sshPort }, ['busybox', 'nc', address, String(port)])
  await waitFor(`the relay to ${address}`, async () => ((await readListenerProblem(sshPort)) === undefined ? true : undefined))
  return sshPort
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
