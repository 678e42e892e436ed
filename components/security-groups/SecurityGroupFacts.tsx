'use client'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { KeyValue } from '@/components/ui/KeyValue'
import { TextLink } from '@/components/ui/TextLink'
import type { SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'
import type { ObjectOf } from '@/server/core/topology/topology'

import { isDefault, remoteOf } from './security-group-rows'

interface SecurityGroupFactsProps {
  readonly index: TopologyIndex
  readonly group: ObjectOf['securityGroup']
}

/** Whose it is, what it is for, and which other groups count on it. */
export function SecurityGroupFacts({ index, group }: SecurityGroupFactsProps) {
  const project = index.project(group.projectId)
  const users = remoteOf(index, group.id)
  return (
    <div className="flex shrink-0 flex-col gap-2.5 border-b border-line bg-panel px-4 py-2.5">
      <div className="grid grid-cols-2 gap-x-6">
        <KeyValue
          items={[
            { label: 'ID', value: group.id, isMono: true },
            { label: 'Project', value: project && <TextLink href={routes.networks({ selected: project.id })} text={project.name} /> },
          ]}
          className="content-start"
        />
        <KeyValue
          items={[
            { label: 'Description', value: group.description },
            ...(users.length > 0 ? [{ label: 'In rules of', value: <GroupLinks groups={users} /> }] : []),
          ]}
          className="content-start"
        />
      </div>
      {isDefault(group) && (
        <p className="max-w-5xl text-dim">
          <span className="font-medium text-ink">The group that every project has.</span> New ports of {project?.name ?? 'the project'} are
          in it unless others are chosen. As it comes, everything may go out, and only what its own ports send comes in. Its rules can be
          changed; it cannot be renamed or deleted, and goes with the project.
        </p>
      )}
    </div>
  )
}

const GroupLinks = ({ groups }: { readonly groups: readonly SecurityGroup[] }) => (
  <span className="flex max-h-16 flex-wrap gap-x-2 overflow-y-auto">
    {groups.map(({ id, name }) => (
      <TextLink key={id} href={routes.securityGroup(id)} text={name} />
    ))}
  </span>
)
