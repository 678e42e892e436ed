import { Page } from '@/components/shell/Page'
import { InsideCanvas } from '@/components/hosts/inside/InsidePane'
import { insideSpecimen } from '@/components/hosts/inside/specimen'

export default function InsideSpecimenPage() {
  return (
    <Page title="Inside of a host" meta="specimen">
      <InsideCanvas inside={insideSpecimen} />
    </Page>
  )
}
