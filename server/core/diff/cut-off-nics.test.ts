import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'
import { diffHost } from './host-diff'

const desired = compileHost(sampleTopology(), ids.host(2))
const [vm] = desired.domains
const [nic, ...others] = vm!.interfaces
const without = (tap: string): HostState => ({ ...desired, links: desired.links.filter(({ name }) => name !== tap) })
const titles = (observed: HostState) => renderSteps(diffHost(desired, observed), 'cmp1').map(({ title }) => title)

describe('[PLAN-15] a tap that is gone under a VM that is on', () => {
  it('comes again with its NIC, which is unplugged and plugged in', () => {
    expect(titles(without(nic!.target!))).toEqual([
      `Unplug NIC ${nic!.macAddress} from VM ${vm!.title}`,
      `Plug NIC ${nic!.macAddress} into VM ${vm!.title}`,
    ])
  })

  it('takes no other NIC along', () => {
    const change = diffHost(desired, without(nic!.target!)).domains.changed[0]!
    expect(change.from.interfaces.map(({ isCutOff }) => isCutOff ?? false)).toEqual([true, ...others.map(() => false)])
  })

  it.each<[string, HostState]>([
    [
      'is none while the VM is off, which is started',
      { ...without(nic!.target!), domains: desired.domains.map((domain) => ({ ...domain, isRunning: false })) },
    ],
    [
      'is none where the NIC is somebody else’s',
      {
        ...desired,
        domains: desired.domains.map((domain) => ({
          ...domain,
          interfaces: [...domain.interfaces, { ...nic!, macAddress: '52:54:00:00:00:01', source: 'virbr0', target: 'vnet9' }],
        })),
      },
    ],
  ])('%s', (_, observed) => expect(titles(observed).filter((title) => /plug/i.test(title))).toEqual([]))
})
