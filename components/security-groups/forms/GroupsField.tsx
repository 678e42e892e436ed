'use client'

import type { ComponentProps } from 'react'

import { Checklist } from '@/components/ui/Checklist'

/** Any number of a project's security groups. */
export const GroupsField = (props: Omit<ComponentProps<typeof Checklist>, 'legend' | 'word'>) => (
  <Checklist legend="Security groups" word="group" {...props} />
)
