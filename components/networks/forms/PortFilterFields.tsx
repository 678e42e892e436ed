'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { switchesOf, type Form } from '@/components/lib/use-form'
import { AddressPairsEditor } from '@/components/security-groups/forms/AddressPairsEditor'
import { GroupsField } from '@/components/security-groups/forms/GroupsField'
import { defaultGroupIds, groupOptionsOf } from '@/components/security-groups/group-choices'
import { projectsOfPort } from '@/components/security-groups/security-group-rows'
import { Checkbox } from '@/components/ui/Checkbox'
import { filteringAdvice } from '@/server/core/explain/port-filtering'
import type { Port } from '@/server/core/topology/kinds/port/port'

import type { PortValues } from './port-values'

interface PortFilterFieldsProps {
  readonly index: TopologyIndex
  readonly form: Form<PortValues>
  readonly error: unknown
  /** The one that is edited. */
  readonly port?: Port
}

const NEEDS_SECURITY = 'Only with port security.'

/** What filters a port: port security, and with it groups and addresses beside its own. */
export function PortFilterFields({ index, form, error, port }: PortFilterFieldsProps) {
  const { values, set, leave } = form
  const isOn = values.isPortSecurityEnabled
  const projectIds = projectsOfPort(index, values.networkId, port)
  const getsDefault = !port?.isPortSecurityEnabled
  const chosen = values.securityGroupIds ?? (getsDefault ? defaultGroupIds(index, projectIds[0] ?? '') : [])
  const options = groupOptionsOf(index, projectIds, chosen)
  return (
    <>
      {port && (
        <Checkbox
          label="Port security"
          hint={
            isOn
              ? 'Drops frames with a foreign source address. Switched off, its security groups and address pairs go with it'
              : 'Off: any source address passes, and no security group filters it. Groups and address pairs are taken away'
          }
          {...switchesOf(form, error)('isPortSecurityEnabled')}
        />
      )}
      <GroupsField
        options={options}
        chosen={chosen}
        onChosenChange={set('securityGroupIds')}
        onBlur={leave('securityGroupIds')}
        error={fieldError(error, 'securityGroupIds')}
        hint={groupsHint(options.length, chosen.length, values.securityGroupIds === null && !getsDefault, projectIds.length === 0)}
        disabledReason={isOn ? null : NEEDS_SECURITY}
      />
      <AddressPairsEditor
        pairs={isOn ? values.allowedAddressPairs : []}
        onPairsChange={set('allowedAddressPairs')}
        onBlur={leave('allowedAddressPairs')}
        groupMessage={groupError(error, 'allowedAddressPairs')}
        errorOf={(field) => fieldError(error, field)}
        disabledReason={isOn ? null : NEEDS_SECURITY}
      />
    </>
  )
}

function groupsHint(offered: number, chosen: number, isFromBefore: boolean, isNowhere: boolean): string | null {
  if (isNowhere) return 'Choose a network first: the groups are those of its project.'
  if (offered === 0) return 'The project has no security group. Without one the port is not filtered.'
  if (isFromBefore) return filteringAdvice.earlier
  return chosen === 0 ? filteringAdvice.closed : 'What a rule of any of them allows may pass.'
}
