import { describe, expect, it } from 'vitest'
import { ipBatchSteps } from './ip/ip-batch'
import { ovsStateSteps } from './ovs/ovs-state'
import { parseOvsdbTables } from './ovs/ovsdb-table'
import type { Steps } from './steps'

function run<T>(steps: Steps<T>): { readonly value: T; readonly pauses: number } {
  for (let pauses = 0; ; pauses += 1) {
    const step = steps.next()
    if (step.done) return { value: step.value, pauses }
  }
}
const numbers = Array.from({ length: 1000 }, (_, index) => index + 1)

/** How long a pause takes is the bench's business; that nobody reads a thousand rows without one is a rule. */
describe('a large host is read with pauses', () => {
  it('devices, their addresses and settings', () => {
    const devices = numbers.map((ifindex) => ({ ifindex, ifname: `tap${ifindex}`, flags: ['UP'], mtu: 1500, addr_info: [] }))
    const settings = numbers.map((index) => ({ family: 'inet', interface: `tap${index}`, forwarding: true }))
    const { value, pauses } = run(ipBatchSteps(`${JSON.stringify(devices)}\n${JSON.stringify(settings)}\n`, '', 'ip'))
    expect([value.value.links.length, value.value.settings.length, value.unparsed]).toEqual([1000, 1000, []])
    expect(pauses).toBeGreaterThanOrEqual(30)
  })

  it('ports of the switch', () => {
    const table = (headings: readonly string[], data: readonly unknown[]) => JSON.stringify({ headings, data })
    const uuid = (kind: string, index: number) => ['uuid', `${kind}${index}`]
    const text = [
      table(
        ['_uuid', 'name', 'datapath_type', 'ports'],
        [[uuid('bridge', 1), 'br-int', 'netdev', ['set', numbers.map((index) => uuid('port', index))]]],
      ),
      table(
        ['_uuid', 'name', 'interfaces'],
        numbers.map((index) => [uuid('port', index), `tap${index}`, uuid('interface', index)]),
      ),
      table(
        ['_uuid', 'name', 'ofport'],
        numbers.map((index) => [uuid('interface', index), `tap${index}`, index]),
      ),
    ].join('\n')
    const { value, pauses } = run(ovsStateSteps(parseOvsdbTables(text, 'ovsdb').value, 'ovsdb'))
    expect([value.value.ports.length, value.unparsed]).toEqual([1000, []])
    expect(pauses).toBeGreaterThanOrEqual(10)
  })
})
