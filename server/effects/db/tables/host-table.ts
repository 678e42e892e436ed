// Hosts as rows, with their bridge mappings.

import type { BridgeMapping as MappingRow, Host as Row } from '@/generated/prisma/client'
import type { AgentKind, DatapathType, Host, Tunnel } from '@/server/core/topology/kinds/host/host'
import { readJson, writeJson } from '../json'
import { groupParts, inIds, inOrder, parked, type Table } from './table'

type LoadedRow = Row & { readonly bridgeMappings: readonly MappingRow[] }

export const hostTable: Table<Host> = {
  load: async (tx) => {
    const partsOf = groupParts(await tx.bridgeMapping.findMany(inOrder), (part) => part.hostId)
    return (await tx.host.findMany()).map((row) => fromRow({ ...row, bridgeMappings: partsOf(row.id) }))
  },
  removeParts: (tx, ids) => tx.bridgeMapping.deleteMany({ where: { hostId: inIds(ids) } }),
  remove: (tx, ids) => tx.host.deleteMany({ where: { id: inIds(ids) } }),
  park: (tx, id) => tx.host.update({ where: { id }, data: { name: parked(id), dvrMac: parked(id), tunnelAddress: null, vmId: null } }),
  update: (tx, host) => tx.host.update({ where: { id: host.id }, data: toRow(host) }),
  create: (tx, hosts) => tx.host.createMany({ data: hosts.map(toRow) }),
  createParts: (tx, hosts) => tx.bridgeMapping.createMany({ data: hosts.flatMap(toMappingRows) }),
}

function fromRow(row: LoadedRow): Host {
  const { rolesJson, adoptedHostIdsJson, agentKind, datapathType, virtType, tunnelAddress, tunnelPrefixLength, tunnelNic, bridgeMappings, vmId, ...rest } = row
  return {
    ...rest,
    roles: readJson(rolesJson),
    adoptedHostIds: readJson(adoptedHostIdsJson),
    agentKind: agentKind as AgentKind,
    datapathType: datapathType as DatapathType,
    virtType: virtType as Host['virtType'],
    tunnel: readTunnel(tunnelAddress, tunnelPrefixLength, tunnelNic),
    bridgeMappings: bridgeMappings.map(({ physicalNetworkId, bridge, nic }) => ({ physicalNetworkId, bridge, nic })),
    ...(vmId !== null && { vmId }),
  }
}

function readTunnel(address: string | null, prefixLength: number | null, nic: string | null): Tunnel | null {
  return address === null || prefixLength === null || nic === null ? null : { address, prefixLength, nic }
}

function toRow({ roles, adoptedHostIds, tunnel, bridgeMappings: _parts, ...host }: Host): Row {
  return {
    ...host,
    rolesJson: writeJson(roles),
    adoptedHostIdsJson: writeJson(adoptedHostIds),
    tunnelAddress: tunnel?.address ?? null,
    tunnelPrefixLength: tunnel?.prefixLength ?? null,
    tunnelNic: tunnel?.nic ?? null,
    vmId: host.vmId ?? null,
  }
}

const toMappingRows = (host: Host): MappingRow[] =>
  host.bridgeMappings.map((mapping, position) => ({ hostId: host.id, position, ...mapping }))
