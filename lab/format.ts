// A status for people: one line per node, problems below it. Pure.

import type { LabStatus } from './types'

export function formatStatus(status: LabStatus): string {
  const nodes: readonly { name: string; ready: boolean; problems: readonly string[]; about: string }[] = [
    ...status.hosts.map((host) => ({ ...host, about: `${host.roles.join(', ')}, ${host.ssh.user}@${host.ssh.address}:${host.ssh.port}` })),
    { ...status.outside, about: status.outside.addresses.join(', ') },
    ...(status.fabric ? [{ ...status.fabric, about: `AS ${status.fabric.as}, ${status.fabric.addresses.join(', ')}` }] : []),
    { ...status.wire, about: status.wire.segments.map((segment) => `${segment.network} (${segment.ports.length})`).join(', ') },
  ]
  const title = `lab ${status.name} is ${status.up ? 'up' : status.hosts.length === 0 ? 'down' : 'not complete'}`
  if (!status.up && status.hosts.length === 0) return title
  const lines = nodes.flatMap((node) => [
    `  ${node.name.padEnd(8)} ${(node.ready ? 'ready' : 'broken').padEnd(7)} ${node.about}`,
    ...node.problems.map((problem) => `           ${problem}`),
  ])
  return [title, ...lines].join('\n')
}
