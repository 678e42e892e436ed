// Records of other clouds as text ↔ the API's list, and what is wrong with it. Pure; what a record may say is the server's rule.

import { checkPatch, type Check } from '@/components/lib/check-form'
import type { GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import { gatewayClusterPatchInput } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster-input'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface ImportedValues {
  readonly text: string
}

export const importedValues = ({ importedRecords }: ObjectOf['gatewayCluster']): ImportedValues => ({
  text: JSON.stringify(importedRecords, null, 2),
})

/** What is no JSON was refused before (`checkImportedRecords`), and what is no list of records is by the API's schema. */
export const toImportedPatch = ({ text }: ImportedValues) => ({ importedRecords: readJson(text) as GatewayRecord[] })

/** An empty box is an empty list. */
const readJson = (text: string): unknown => (text.trim() === '' ? [] : JSON.parse(text))

const checkShape = checkPatch(gatewayClusterPatchInput, toImportedPatch)

export const checkImportedRecords: Check<ImportedValues> = (values, initial) => {
  try {
    readJson(values.text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ field: 'importedRecords', rule: 'shape', message: `This is no JSON: ${why}` }]
  }
  return checkShape(values, initial)
}
