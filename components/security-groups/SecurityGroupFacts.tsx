'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { KeyValue } from '@/components/ui/KeyValue'
import { Notice } from '@/components/ui/Notice'
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
            {
              label: 'Remote of',
              value: users.length > 0 && (
                <span className="flex max-h-16 flex-wrap gap-x-2 overflow-y-auto">
                  {users.map(({ id, name }) => (
                    <TextLink key={id} href={routes.securityGroup(id)} text={name} />
                  ))}
                </span>
              ),
            },
          ].filter(({ label, value }) => label !== 'Remote of' || value !== false)}
          className="content-start"
        />
      </div>
      {isDefault(group) && (
        <Notice status="unknown" title="The group that every project has">
          New ports of {project?.name ?? 'the project'} are in it unless others are chosen. As it comes, everything may go out, and only
          what its own ports send comes in. Its rules can be changed; it cannot be renamed or deleted, and goes with the project.
        </Notice>
      )}
    </div>
  )
}

const TextLink = ({ href, text }: { readonly href: string; readonly text: string }) => (
  <Link href={href} title={text} className="block max-w-full truncate text-accent hover:underline">
    {text}
  </Link>
)
