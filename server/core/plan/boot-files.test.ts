import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import { explainFinding } from '../explain/finding'
import { emptyHostState } from '../host/host-state'
import { findMissing } from '../render/missing-files'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'
import { bootFilesOf, withMissing } from './boot-files'

const topology = sampleTopology({ networks: [2] })
const desired = compileHost(topology, ids.host(2))
const vm = topology.vms.find(({ hostId }) => hostId === ids.host(2))!
const boot = {
  kind: 'kernel',
  kernel: '/',
  initrd: '/no such file',
  cmdline: '',
  disk: { path: '/no "$such" disk', format: 'raw', isReadOnly: true },
} as const
const vms = topology.vms.map((each) => (each === vm ? { ...each, boot } : each))

it('[PLAN-43] a plan that starts a VM is blocked where the host lacks what it starts from', () => {
  const files = bootFilesOf({ steps: renderSteps(diffHost(desired, emptyHostState), 'cmp1') }, vms)
  expect(files.map(({ path }) => path)).toEqual([boot.kernel, boot.initrd, boot.disk.path])
  const [program, ...args] = findMissing(files.map(({ path }) => path)).argv
  const printed = execFileSync(program!, args, { encoding: 'utf8' })
  expect(withMissing({ hostName: 'cmp1', blocked: [] }, files, printed).blocked.map(explainFinding)).toEqual([
    'cmp1: VM vlan-1 starts from /no such file, which cmp1 does not have. Bring it there, or choose another file for the VM.',
    'cmp1: VM vlan-1 starts from /no "$such" disk, which cmp1 does not have. Bring it there, or choose another file for the VM.',
  ])
})

it('one that goes on running is asked nothing', () => {
  const renamed = { ...desired, domains: desired.domains.map((domain) => ({ ...domain, title: 'other' })) }
  expect(bootFilesOf({ steps: renderSteps(diffHost(renamed, desired), 'cmp1') }, vms)).toEqual([])
})
